from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LoadedEntry',
            fields=[
                ('key', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('row', models.CharField(help_text='primary key of the row', max_length=40)),
                ('content', models.JSONField(default=dict)),
                ('loaded_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'loaded entries',
            },
        ),
    ]
