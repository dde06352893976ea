import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('actor', models.CharField(blank=True, max_length=36)),
                ('verb', models.CharField(max_length=60)),
                ('code', models.CharField(db_index=True, max_length=40)),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name_plural': 'journal entries',
            },
        ),
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(db_index=True, max_length=60)),
                ('code', models.CharField(blank=True, db_index=True, max_length=40)),
                ('address', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=8)),
                ('subject', models.CharField(max_length=250)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('calendar', models.TextField(blank=True, help_text='an iCalendar object, sent as text/calendar')),
                ('calendar_method', models.CharField(blank=True, max_length=10)),
                ('stop_address', models.CharField(blank=True, help_text='one-click stop, for List-Unsubscribe', max_length=700)),
                ('not_before', models.DateTimeField()),
                ('state', models.CharField(choices=[('pending', 'waiting'), ('sent', 'sent'), ('dead', 'not delivered'), ('dropped', 'no longer needed')], default='pending', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease', models.CharField(blank=True, max_length=36)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'not_before'], name='outbox_due')],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('code', models.CharField(max_length=24, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=3)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('words', models.TextField(blank=True, default='', help_text='code and titles, folded; see core.records.words')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year', 'number'), name='record_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='record_number_from_one')],
            },
        ),
        migrations.CreateModel(
            name='RecordCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=3)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year'), name='record_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('came_from', 'comes from'), ('continues', 'continues'), ('result_of', 'is a result of')], max_length=12)),
                ('by', models.CharField(blank=True, help_text='opaque key of who linked, as in the journal', max_length=36)),
                ('at', models.DateTimeField()),
                ('origin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='core.record')),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='core.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('origin', 'outcome'), name='link_once'), models.CheckConstraint(condition=models.Q(('origin', models.F('outcome')), _negated=True), name='link_not_to_itself')],
            },
        ),
    ]
