import core.sources
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', models.JSONField(blank=True, default=list, validators=[core.sources.valid_sources], verbose_name='sources')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('acronym', models.CharField(max_length=20, unique=True, verbose_name='acronym')),
                ('name_es', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('name_pt', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('name_fr', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('description_es', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_pt', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_en', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_fr', models.TextField(blank=True, default='', verbose_name='description')),
                ('kind', models.CharField(choices=[('member', 'member organisation'), ('observer', 'observer'), ('partner', 'partner organisation'), ('guest', 'guest')], default='member', max_length=10, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(default=99, verbose_name='order of joining')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('site', models.URLField(blank=True, verbose_name='site')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('member_from', models.DateField(blank=True, null=True, verbose_name='member from')),
                ('member_until', models.DateField(blank=True, null=True, verbose_name='member until')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('member_until', None), ('member_from', None), ('member_until__gte', models.F('member_from')), _connector='OR'), name='organization_membership_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('is_public', models.BooleanField(default=False, verbose_name='named in public')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'organisation lead'), ('delegate', 'delegate'), ('alternate', 'alternate'), ('editor', 'editor'), ('member', 'member'), ('coordination', 'coordination team'), ('administrator', 'administrator')], max_length=14, verbose_name='role')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, help_text='The last day of the role.', null=True, verbose_name='until')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='organizations.organization', verbose_name='organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='organizations.person', verbose_name='person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organization', None), ('role__in', ['administrator', 'coordination'])), models.Q(('organization__isnull', False), models.Q(('role__in', ['administrator', 'coordination']), _negated=True)), _connector='OR'), name='mandate_of_portal_or_organization'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='mandate_in_order'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('person', 'organization', 'role'), name='mandate_once_at_a_time'), models.UniqueConstraint(condition=models.Q(('ends_on', None), ('organization', None)), fields=('person', 'role'), name='mandate_of_portal_once_at_a_time')],
            },
        ),
    ]
