"""Published incidents in the order of their rows: how pages of the OGC API follow each other."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0005_touched'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['status', 'id'], name='incident_status_key'),
        ),
    ]
