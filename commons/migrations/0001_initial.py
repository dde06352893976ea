import commons.models
import core.sources
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name_es', models.CharField(blank=True, default='', max_length=120, verbose_name='name')),
                ('name_pt', models.CharField(blank=True, default='', max_length=120, verbose_name='name')),
                ('name_en', models.CharField(blank=True, default='', max_length=120, verbose_name='name')),
                ('name_fr', models.CharField(blank=True, default='', max_length=120, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=99)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authoritative_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
            ],
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name_es', models.CharField(blank=True, default='', max_length=120, verbose_name='name')),
                ('name_pt', models.CharField(blank=True, default='', max_length=120, verbose_name='name')),
                ('name_en', models.CharField(blank=True, default='', max_length=120, verbose_name='name')),
                ('name_fr', models.CharField(blank=True, default='', max_length=120, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=99)),
                ('offered_from', models.DateField(blank=True, null=True)),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='retired on')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=24, unique=True, verbose_name='code')),
                ('sources', models.JSONField(blank=True, default=list, validators=[core.sources.valid_sources], verbose_name='sources')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('visibility', models.CharField(choices=[('private', 'Named people only'), ('community', 'Member organisations only'), ('public', 'Public')], db_index=True, default='community', max_length=12, verbose_name='who sees this')),
                ('title_es', models.CharField(blank=True, default='', max_length=240, verbose_name='action')),
                ('title_pt', models.CharField(blank=True, default='', max_length=240, verbose_name='action')),
                ('title_en', models.CharField(blank=True, default='', max_length=240, verbose_name='action')),
                ('title_fr', models.CharField(blank=True, default='', max_length=240, verbose_name='action')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('state', models.CharField(choices=[('open', 'open'), ('in_progress', 'in progress'), ('done', 'done'), ('dropped', 'not continued')], default='open', max_length=12, verbose_name='state')),
                ('held_back', models.BooleanField(default=False, editable=False)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='organizations.organization', verbose_name='organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='actions', to='organizations.person', verbose_name='person')),
            ],
        ),
        migrations.CreateModel(
            name='ActionUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'open'), ('in_progress', 'in progress'), ('done', 'done'), ('dropped', 'not continued')], max_length=12, verbose_name='state')),
                ('words', models.CharField(blank=True, max_length=600, verbose_name='what was done')),
                ('evidence', models.URLField(blank=True, help_text='A public web address that shows it.', verbose_name='evidence')),
                ('author', models.CharField(blank=True, max_length=36)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='commons.actionitem')),
            ],
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('private', 'Named people only'), ('community', 'Member organisations only'), ('public', 'Public')], db_index=True, default='community', max_length=12, verbose_name='who sees this')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('stored', models.FileField(upload_to=commons.models.unnamed)),
                ('media', models.CharField(max_length=100)),
                ('ending', models.CharField(max_length=8)),
                ('size', models.PositiveIntegerField()),
                ('embargo_until', models.DateTimeField(blank=True, null=True, verbose_name='not before')),
                ('author', models.CharField(blank=True, help_text='opaque key, as in the journal', max_length=36)),
                ('added_at', models.DateTimeField()),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='organizations.organization', verbose_name='given by')),
            ],
            options={
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TextVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], max_length=2)),
                ('number', models.PositiveIntegerField()),
                ('body', models.TextField(max_length=40000, verbose_name='text')),
                ('reviewer', models.CharField(blank=True, max_length=120)),
                ('author', models.CharField(blank=True, help_text='opaque key, as in the journal', max_length=36)),
                ('written_at', models.DateTimeField()),
                ('made_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='commons.textversion')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='commons.text')),
            ],
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stand', models.CharField(choices=[('agreed', 'signs'), ('reserve', 'signs with a reservation'), ('not_joining', 'does not sign')], max_length=12, verbose_name='answer')),
                ('words', models.CharField(blank=True, max_length=1000, verbose_name='reservation')),
                ('aloud', models.BooleanField(default=False, verbose_name='said aloud in the room')),
                ('author', models.CharField(blank=True, help_text='opaque key, as in the journal', max_length=36)),
                ('signed_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='organizations.organization')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='commons.textversion')),
            ],
            options={
                'ordering': ['signed_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='actionitem',
            index=models.Index(fields=['organization', 'state'], name='action_of_organization'),
        ),
        migrations.AddConstraint(
            model_name='actionupdate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='action_dropped_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='textversion',
            constraint=models.UniqueConstraint(fields=('text', 'language', 'number'), name='text_version_once'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.UniqueConstraint(fields=('version', 'organization'), name='sign_off_once'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stand', 'reserve'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='sign_off_reserve_with_words'),
        ),
    ]
