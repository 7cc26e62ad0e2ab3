from django.urls import path

from mingchuang.people import views

app_name = "people"
urlpatterns = [path("desk/me/", views.me, name="me")]
