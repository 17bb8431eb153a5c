"""Which incidents changed with which data version, so that only those are read again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_withdrawals")]

    operations = [
        migrations.CreateModel(
            name="Touched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("incident", models.PositiveBigIntegerField(unique=True)),
                ("version", models.PositiveBigIntegerField(db_index=True)),
            ],
            options={"verbose_name": "change", "verbose_name_plural": "changes"},
        ),
        migrations.AddField(
            model_name="dataversion",
            name="whole",
            field=models.PositiveBigIntegerField(default=1),
        ),
    ]
