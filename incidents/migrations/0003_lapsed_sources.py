"""Sources that a reading let go, and merged numbers that lead straight to the last winner."""

from django.db import migrations, models


def shorten(apps, schema_editor):
    Incident = apps.get_model("incidents", "Incident")
    winners = dict(
        Incident.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")
    )
    for pk, winner in winners.items():
        passed = {pk}
        while winner in winners and winner not in passed:
            passed.add(winner)
            winner = winners[winner]
        if winner != winners[pk]:
            Incident.objects.filter(pk=pk).update(merged_into=winner)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0002_groups")]

    operations = [
        migrations.AddField(
            model_name="incidentarticle",
            name="lapsed",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(shorten, migrations.RunPython.noop),
    ]
