from django.urls import path, re_path

from mingchuang.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.page, name="page"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("key", views.key, name="key"),
    path("tile/entries/<path:place>", views.bundle, name="bundle"),
    path("tile/<int:level>/<path:place>", views.tile, name="tile"),
    path("proof/inclusion", views.inclusion, name="inclusion"),
    path("proof/consistency", views.consistency, name="consistency"),
    path("entries/<int:index>/receipt.json", views.receipt, name="receipt"),
    re_path(r"^(?P<place>(?:tile|proof|entries)/.*)", views.nowhere, name="nowhere"),
]
