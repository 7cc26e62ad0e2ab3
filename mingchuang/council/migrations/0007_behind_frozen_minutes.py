from django.db import migrations

from mingchuang.council import frozen


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0006_witnessed"),
    ]

    operations = [frozen.SET_AGAIN]
