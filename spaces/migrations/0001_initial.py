import core.clock
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
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=24, unique=True, verbose_name='code')),
                ('sources', models.JSONField(blank=True, default=list, validators=[core.sources.valid_sources], verbose_name='sources')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('ordinal', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of the edition')),
                ('title_es', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_pt', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_en', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('date_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('zone', core.clock.ZoneField(blank=True, max_length=64, verbose_name='time zone')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('mode', models.CharField(blank=True, choices=[('in_person', 'in person'), ('hybrid', 'hybrid'), ('remote', 'remote'), ('', 'not known')], default='', max_length=10, verbose_name='mode')),
                ('state', models.CharField(choices=[('announced', 'announced'), ('confirmed', 'confirmed'), ('held', 'held'), ('postponed', 'postponed'), ('cancelled', 'cancelled')], default='announced', max_length=10, verbose_name='state')),
                ('note_es', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_pt', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_en', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_fr', models.TextField(blank=True, default='', verbose_name='note')),
            ],
        ),
        migrations.CreateModel(
            name='EditionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_starts_on', models.DateField(blank=True, null=True)),
                ('old_ends_on', models.DateField(blank=True, null=True)),
                ('old_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=36)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='spaces.edition')),
            ],
        ),
        migrations.CreateModel(
            name='EditionDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', models.JSONField(blank=True, default=list, validators=[core.sources.valid_sources], verbose_name='sources')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('kind', models.CharField(choices=[('sessions', 'session proposals'), ('host', 'host proposals'), ('committee', 'committee applications'), ('working_group', 'working group proposals'), ('evaluation', 'evaluation'), ('results', 'results'), ('confirmation', 'confirmation of panelists'), ('fellowship', 'fellowships'), ('other', 'other')], default='other', max_length=14, verbose_name='kind')),
                ('title_es', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_pt', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_en', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('opens_on', models.DateField(blank=True, null=True, verbose_name='opens')),
                ('day', models.DateField(help_text='The last day, in the announced zone.', verbose_name='day')),
                ('closes_at', models.DateTimeField(blank=True, help_text='Closing instant (exclusive), if known.', null=True, verbose_name='closes')),
                ('zone', core.clock.ZoneField(blank=True, help_text='As announced; empty if the announcement did not say.', max_length=64, verbose_name='time zone')),
                ('note_es', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_pt', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_en', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_fr', models.TextField(blank=True, default='', verbose_name='note')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='spaces.edition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeadlineChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_day', models.DateField(blank=True, null=True, verbose_name='previous day')),
                ('new_day', models.DateField(verbose_name='new day')),
                ('announced_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=36)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='spaces.editiondeadline')),
            ],
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', models.JSONField(blank=True, default=list, validators=[core.sources.valid_sources], verbose_name='sources')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name_es', models.CharField(blank=True, default='', max_length=160, verbose_name='name')),
                ('name_pt', models.CharField(blank=True, default='', max_length=160, verbose_name='name')),
                ('name_en', models.CharField(blank=True, default='', max_length=160, verbose_name='name')),
                ('name_fr', models.CharField(blank=True, default='', max_length=160, verbose_name='name')),
                ('acronym', models.CharField(blank=True, max_length=24, verbose_name='acronym')),
                ('description_es', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_pt', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_en', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_fr', models.TextField(blank=True, default='', verbose_name='description')),
                ('kind', models.CharField(choices=[('global', 'global'), ('regional', 'regional'), ('subregional', 'subregional'), ('national', 'national'), ('youth', 'youth'), ('intergovernmental', 'intergovernmental'), ('technical', 'technical')], max_length=18, verbose_name='kind')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('site', models.URLField(blank=True, verbose_name='site')),
                ('position', models.PositiveSmallIntegerField(default=99)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='spaces.space')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='space',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='spaces.space'),
        ),
        migrations.CreateModel(
            name='ParticipationAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=24, unique=True, verbose_name='code')),
                ('sources', models.JSONField(blank=True, default=list, validators=[core.sources.valid_sources], verbose_name='sources')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('visibility', models.CharField(choices=[('private', 'Named people only'), ('community', 'Member organisations only'), ('public', 'Public')], db_index=True, default='community', max_length=12, verbose_name='who sees this')),
                ('kind', models.CharField(choices=[('speaker', 'speaker'), ('session', 'session'), ('workshop', 'workshop'), ('booth', 'booth'), ('fellowship', 'fellowship'), ('contribution', 'contribution')], default='speaker', max_length=12, verbose_name='kind')),
                ('title_es', models.CharField(blank=True, default='', max_length=240, verbose_name='title')),
                ('title_pt', models.CharField(blank=True, default='', max_length=240, verbose_name='title')),
                ('title_en', models.CharField(blank=True, default='', max_length=240, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, default='', max_length=240, verbose_name='title')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('committed', 'committed'), ('done', 'done'), ('dropped', 'not continued')], default='planned', max_length=9, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='reason')),
                ('evidence', models.URLField(blank=True, max_length=500, verbose_name='evidence')),
                ('reported_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participation', to='spaces.edition')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participation', to='organizations.organization')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participation', to='organizations.person', verbose_name='person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='participation_dropped_with_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='edition_in_order'),
        ),
    ]
