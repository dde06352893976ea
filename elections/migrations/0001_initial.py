import core.clock
import django.db.models.deletion
from django.db import migrations, models


class CreateWithoutRowNumber(migrations.CreateModel):
    """SQLite numbers rows in the order in which they came, even where another key is given: by that order sealed
    ballots were related to voters in 500 of 500 tries. A later change of this table must build it like this again."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        sql, params = schema_editor.table_sql(to_state.apps.get_model(app_label, self.name))
        schema_editor.execute(f"{sql} WITHOUT ROWID", params or None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('committees', '0001_initial'),
        ('commons', '0001_initial'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Election',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=24, unique=True, verbose_name='code')),
                ('source_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='official language')),
                ('translation_marks', models.JSONField(blank=True, default=dict, editable=False)),
                ('visibility', models.CharField(choices=[('private', 'Named people only'), ('community', 'Member organisations only'), ('public', 'Public')], db_index=True, default='community', max_length=12, verbose_name='who sees this')),
                ('year', models.PositiveSmallIntegerField(editable=False)),
                ('title_es', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_pt', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_en', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('state', models.CharField(choices=[('draft', 'in preparation'), ('called', 'call for candidates'), ('roll_published', 'roll published'), ('candidates_published', 'candidates published'), ('voting', 'voting'), ('closed', 'closed'), ('provisional', 'provisional result'), ('certified', 'certified'), ('annulled', 'annulled')], default='draft', max_length=22, verbose_name='state')),
                ('method', models.CharField(choices=[('plurality-at-large', 'most votes: mark up to a set number'), ('approval', 'approval: mark as many as you accept'), ('scottish-stv', 'order of preference, Scottish rules'), ('meek', "order of preference, Meek's rules")], default='plurality-at-large', max_length=20, verbose_name='method')),
                ('secrecy', models.CharField(choices=[('open', 'open, or secret if one elector asks for it'), ('secret-portal', "secret, with the portal's key")], default='open', max_length=13, verbose_name='secrecy')),
                ('made_secret', models.BooleanField(default=False, editable=False)),
                ('is_weighted', models.BooleanField(default=False, verbose_name='votes of unlike weight')),
                ('if_few', models.CharField(choices=[('acclamation', 'elected by acclamation'), ('yes-no', 'each is voted on: yes, no or abstention')], default='acclamation', max_length=12, verbose_name='with no more candidates than seats')),
                ('tie_break', models.CharField(choices=[('witnessed-draw', 'names from a hat, before two witnesses'), ('public-seed', 'a public value that nobody knows before closing')], default='witnessed-draw', max_length=14, verbose_name='lots')),
                ('lot_source', models.CharField(blank=True, max_length=300, verbose_name='public value')),
                ('max_marks', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='marks on a ballot, at most')),
                ('cap', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='of one organisation, at most')),
                ('threshold', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='least share of the votes, in percent')),
                ('quorum', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='quorum')),
                ('nominations_open', models.DateTimeField(verbose_name='nominations open')),
                ('nominations_close', models.DateTimeField(verbose_name='nominations close')),
                ('opens_at', models.DateTimeField(verbose_name='voting opens')),
                ('closes_at', models.DateTimeField(verbose_name='voting closes')),
                ('zone', core.clock.ZoneField(default='America/Montevideo', max_length=64, verbose_name='time zone')),
                ('term_starts_on', models.DateField(blank=True, null=True, verbose_name='terms start')),
                ('term_ends_on', models.DateField(blank=True, null=True, verbose_name='planned end of the terms')),
                ('claims_hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hours for claims')),
                ('vacancy', models.CharField(choices=[('by-election', 'by another election'), ('next', 'by the next candidate in the result'), ('countback', 'by counting the same ballots again without the person who left')], default='by-election', max_length=12, verbose_name='if a seat falls vacant')),
                ('term_ends_by_rank', models.JSONField(blank=True, default=list)),
                ('rules', models.JSONField(default=dict, editable=False)),
                ('balloted_as', models.CharField(blank=True, editable=False, max_length=20)),
                ('ballot_numbers', models.JSONField(default=dict, editable=False)),
                ('caps', models.JSONField(blank=True, editable=False, null=True)),
                ('rules_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('roll_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('in_room', models.BooleanField(default=False, verbose_name='in the room')),
                ('on_paper', models.BooleanField(default=False, editable=False)),
                ('by_acclamation', models.BooleanField(default=False, editable=False)),
                ('by_consensus', models.BooleanField(default=False, editable=False)),
                ('runoff', models.JSONField(blank=True, editable=False, null=True)),
                ('first_round', models.JSONField(blank=True, editable=False, null=True)),
                ('opened_ballots', models.JSONField(blank=True, editable=False, null=True)),
                ('result', models.JSONField(blank=True, editable=False, null=True)),
                ('annulled_because', models.CharField(blank=True, max_length=400, verbose_name='reason')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elections', to='committees.committee')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elections_run', to='organizations.person', verbose_name='election officer')),
                ('places', models.ManyToManyField(related_name='elections', to='committees.seat', verbose_name='seats to fill')),
                ('sector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elections', to='commons.sector')),
            ],
        ),
        migrations.CreateModel(
            name='RollEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveIntegerField(default=1, verbose_name='weight')),
                ('alternate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stands_in_on', to='organizations.person', verbose_name='alternate')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll', to='elections.election')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll_entries', to='organizations.organization')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes_on', to='organizations.person', verbose_name='voter')),
            ],
            options={
                'verbose_name_plural': 'roll entries',
            },
        ),
        CreateWithoutRowNumber(
            name='SealedBallot',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('ballot_box', models.CharField(max_length=64)),
                ('weight', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='ElectionKey',
            fields=[
                ('election', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='key', serialize=False, to='elections.election')),
                ('public_key', models.BinaryField()),
                ('sealed_private_key', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.JSONField()),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='public value')),
                ('seed', models.CharField(blank=True, max_length=64)),
                ('drawn_at', models.DateTimeField()),
                ('first_witness', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('second_witness', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('election', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draw', to='elections.election')),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('roll', 'the roll'), ('candidates', 'the candidates'), ('result', 'the result')], max_length=12)),
                ('text', models.TextField(max_length=2000, verbose_name='claim')),
                ('raised_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('rejected', 'rejected')], max_length=10, verbose_name='outcome')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='organizations.organization')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='elections.election')),
            ],
            options={
                'ordering': ['raised_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ElectionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('verb', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='elections.election')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('address', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(default='es', max_length=8, verbose_name='language')),
                ('state', models.CharField(choices=[('proposed', 'waiting for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('ineligible', 'no longer eligible')], default='proposed', max_length=10, verbose_name='state')),
                ('statement', models.TextField(blank=True, max_length=3000, verbose_name='statement')),
                ('statement_language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English'), ('fr', 'French')], default='es', max_length=2, verbose_name='language of the statement')),
                ('proposed_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='elections.election')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='organizations.organization', verbose_name='their organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='organizations.person')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nominations_made', to='organizations.organization')),
            ],
        ),
        migrations.CreateModel(
            name='PaperEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ballots', models.JSONField()),
                ('entered_at', models.DateTimeField()),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_entries', to='elections.election')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
            ],
            options={
                'verbose_name_plural': 'paper entries',
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='participation', serialize=False, to='elections.rollentry')),
            ],
        ),
        migrations.CreateModel(
            name='ClaimWaiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('roll', 'the roll'), ('candidates', 'the candidates'), ('result', 'the result')], max_length=12)),
                ('waived_at', models.DateTimeField()),
                ('waived_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claim_waivers', to='elections.rollentry')),
            ],
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('checked_in_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='elections.rollentry')),
            ],
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cast_at', models.DateTimeField()),
                ('choices', models.JSONField(blank=True, null=True)),
                ('cast_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('marks', models.ManyToManyField(related_name='ballots', to='elections.nomination')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ballot', to='elections.rollentry')),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1000, verbose_name='question')),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, max_length=3000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='elections.nomination')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RollCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveIntegerField(default=1, verbose_name='weight')),
                ('reason', models.CharField(max_length=400, verbose_name='reason')),
                ('requested_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('is_confirmed', models.BooleanField(blank=True, null=True)),
                ('alternate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='elections.claim')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='elections.election')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('voter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
            ],
            options={
                'ordering': ['requested_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Scrutineer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conforms', models.BooleanField(blank=True, null=True)),
                ('remark', models.CharField(blank=True, max_length=400, verbose_name='remark')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scrutineers', to='elections.election')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scrutinies', to='organizations.person')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField()),
                ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='elections.nomination')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='organizations.organization')),
            ],
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('nominations_close__gt', models.F('nominations_open')), ('opens_at__gte', models.F('nominations_close')), ('closes_at__gt', models.F('opens_at'))), name='election_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('max_marks__gte', 1)), name='election_marks_from_one'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lot_source', ''), ('tie_break', 'witnessed-draw')), models.Q(('tie_break', 'public-seed'), models.Q(('lot_source', ''), _negated=True)), _connector='OR'), name='election_seed_has_source'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('cap__gte', 1)), name='election_cap_from_one'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('threshold__range', (1, 100))), name='election_threshold_is_percent'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('quorum__gte', 1)), name='election_quorum_from_one'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('term_ends_on', None), ('term_starts_on', None), ('term_ends_on__gte', models.F('term_starts_on')), _connector='OR'), name='election_term_in_order'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('first_witness', models.F('second_witness')), _negated=True), name='draw_two_witnesses'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_witness__isnull', False), ('second_witness__isnull', False), ('seed', ''), ('value', '')), models.Q(models.Q(('value', ''), _negated=True), models.Q(('seed', ''), _negated=True), ('first_witness', None), ('second_witness', None)), _connector='OR'), name='draw_by_witnesses_or_value'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='claim_answered_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='electionevent',
            constraint=models.UniqueConstraint(fields=('election', 'number'), name='election_event_once'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(fields=('election', 'address'), name='nomination_address_once'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('election', 'person'), name='nomination_person_once'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('election', 'number'), name='nomination_number_once'),
        ),
        migrations.AddConstraint(
            model_name='paperentry',
            constraint=models.UniqueConstraint(fields=('election', 'entered_by'), name='paper_entered_once_by_each'),
        ),
        migrations.AddField(
            model_name='participation',
            name='cast_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(fields=('election', 'organization'), name='roll_organization_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(fields=('election', 'voter'), name='roll_voter_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='roll_weight_from_one'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(fields=('election', 'alternate'), name='roll_alternate_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(('alternate', None), models.Q(('alternate', models.F('voter')), _negated=True), _connector='OR'), name='roll_alternate_is_another'),
        ),
        migrations.AddConstraint(
            model_name='claimwaiver',
            constraint=models.UniqueConstraint(fields=('entry', 'stage'), name='claim_waived_once'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.UniqueConstraint(fields=('entry', 'day'), name='check_in_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='rollcorrection',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', models.F('requested_by')), _negated=True), name='correction_by_two_officers'),
        ),
        migrations.AddConstraint(
            model_name='rollcorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('is_confirmed', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('is_confirmed__isnull', False)), _connector='OR'), name='correction_answered_whole'),
        ),
        migrations.AddConstraint(
            model_name='rollcorrection',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='correction_weight_from_one'),
        ),
        migrations.AddConstraint(
            model_name='rollcorrection',
            constraint=models.UniqueConstraint(condition=models.Q(('is_confirmed', None)), fields=('election', 'organization'), name='correction_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='scrutineer',
            constraint=models.UniqueConstraint(fields=('election', 'person'), name='scrutineer_once'),
        ),
        migrations.AddConstraint(
            model_name='scrutineer',
            constraint=models.UniqueConstraint(fields=('election', 'organization'), name='scrutineers_of_different_organizations'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(fields=('nomination', 'organization'), name='support_once'),
        ),
    ]
