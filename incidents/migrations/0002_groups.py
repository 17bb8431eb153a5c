"""The row of the data version, and two groups that an operator puts people into."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

# Editors correct and publish. They do not delete incidents or articles: rejecting an incident
# keeps its number and its evidence.
EDITORS = {
    "article": ("add", "change", "view"),
    "reading": ("view",),
    "statement": ("view",),
    "incident": ("add", "change", "view", "publish"),
    "incidentarticle": ("add", "change", "delete", "view"),
    "site": ("add", "change", "delete", "view"),
    "actor": ("add", "change", "view"),
    "actorname": ("add", "change", "delete", "view"),
    "incidentactor": ("add", "change", "delete", "view"),
    "victim": ("add", "change", "delete", "view"),
}
ANALYSTS = {model: ("view",) for model in EDITORS}


def create(apps, schema_editor):
    apps.get_model("incidents", "DataVersion").objects.get_or_create(pk=1)

    # Permissions normally appear only after all migrations have run.
    app = apps.get_app_config("incidents")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    app.models_module = None

    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, granted in (("Editors", EDITORS), ("Analysts", ANALYSTS)):
        group, _ = group_model.objects.get_or_create(name=name)
        codenames = [f"{verb}_{model}" for model, verbs in granted.items() for verb in verbs]
        permissions = permission_model.objects.filter(
            content_type__app_label="incidents", codename__in=codenames
        )
        group.permissions.add(*permissions)


def remove(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Analysts"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(create, remove)]
