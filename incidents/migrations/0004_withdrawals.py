"""A record of what was published and is no longer, filled from what rows and histories tell."""

import django.utils.timezone
from django.db import migrations, models


def fill(apps, schema_editor):
    Incident = apps.get_model("incidents", "Incident")
    History = apps.get_model("incidents", "HistoricalIncident")
    Withdrawal = apps.get_model("incidents", "Withdrawal")
    known = Incident.objects.filter(published_at__isnull=False)
    gone = {
        **dict(
            History.objects.filter(history_type="-", published_at__isnull=False)
            .order_by("history_date")
            .values_list("public_id", "history_date")
        ),
        **dict(known.exclude(status="published").values_list("public_id", "updated_at")),
    }
    Withdrawal.objects.bulk_create(
        [
            Withdrawal(public_id=public_id, at=at)
            for public_id, at in sorted(gone.items(), key=lambda item: item[1])
        ],
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_lapsed_sources")]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(max_length=32, unique=True, verbose_name="number"),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_index=True,
                        default=django.utils.timezone.now,
                        verbose_name="withdrawn",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
                "ordering": ("pk",),
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
