import core.sources
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('commons', '0001_initial'),
        ('organizations', '0001_initial'),
        ('spaces', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Committee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', models.JSONField(blank=True, default=list, validators=[core.sources.valid_sources], verbose_name='sources')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('acronym', models.CharField(blank=True, max_length=20, verbose_name='acronym')),
                ('name_es', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('name_pt', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('name_fr', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('description_es', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_pt', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_en', models.TextField(blank=True, default='', verbose_name='description')),
                ('description_fr', models.TextField(blank=True, default='', verbose_name='description')),
                ('site', models.URLField(blank=True, verbose_name='site')),
                ('term_years', models.PositiveSmallIntegerField(blank=True, help_text='Leave empty if not known.', null=True, verbose_name='length of a term in years')),
                ('holders_known', models.BooleanField(default=True, help_text='If not, an empty seat does not mean a vacant one.', verbose_name='holders are published')),
                ('note_es', models.TextField(blank=True, default='', verbose_name='note on the seats')),
                ('note_pt', models.TextField(blank=True, default='', verbose_name='note on the seats')),
                ('note_en', models.TextField(blank=True, default='', verbose_name='note on the seats')),
                ('note_fr', models.TextField(blank=True, default='', verbose_name='note on the seats')),
                ('position', models.PositiveSmallIntegerField(default=99)),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='committees', to='spaces.space')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('filled_by', models.CharField(choices=[('election', 'election by the technical community'), ('appointment', 'appointment'), ('outside_call', 'a call from outside')], default='election', max_length=12, verbose_name='filled by')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='committees.committee')),
                ('sector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='commons.sector')),
            ],
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', models.JSONField(blank=True, default=list, validators=[core.sources.valid_sources], verbose_name='sources')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('start_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('planned_end', models.DateField(blank=True, help_text='Leave empty if not known.', null=True, verbose_name='planned end')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, choices=[('completed', 'term completed'), ('resigned', 'resignation'), ('replaced', 'replacement'), ('other', 'other reason')], max_length=10)),
                ('chosen_in', models.CharField(blank=True, help_text='Code of the meeting or election that chose.', max_length=24, verbose_name='chosen in')),
                ('note_es', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_pt', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_en', models.TextField(blank=True, default='', verbose_name='note')),
                ('note_fr', models.TextField(blank=True, default='', verbose_name='note')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='organizations.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='organizations.person')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='committees.seat')),
            ],
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('committee', 'sector', 'ordinal'), name='seat_once'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='term_in_order'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('seat',), name='seat_held_once'),
        ),
    ]
