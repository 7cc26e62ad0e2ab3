from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from mingchuang.base.search.index import Index

GUIDES = Index("hall_guide_found")


def find_what_is_there(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Let guides written before this version be found too."""
    for guide in apps.get_model("hall", "Guide").objects.select_related("item__unit").iterator():
        item = guide.item
        names = [item.name, item.code, item.unit.name, item.unit.name_en]
        GUIDES.put({item.pk: [*names, guide.materials, guide.conditions, guide.procedure]})


class Migration(migrations.Migration):
    dependencies = [("hall", "0003_amounts_within_reason")]

    operations = [
        migrations.RunPython(GUIDES.create, GUIDES.drop),
        migrations.RunPython(find_what_is_there, migrations.RunPython.noop),
    ]
