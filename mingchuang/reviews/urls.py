from django.urls import path

from mingchuang.reviews.views import kiosk, paper, rating, reviewing, told

app_name = "reviews"
urlpatterns = [
    path("ratings/", told.told, name="told"),
    path("rate/<slug:code>/", rating.rate, name="rate"),
    path("rate/<str:number>/<str:code>/", rating.rate_matter, name="rate_matter"),
    path("halls/<slug:site>/windows/<int:number>/rate/", rating.rate_window, name="rate_window"),
    path("kiosk/<slug:site>/rate/", kiosk.start, name="kiosk"),
    path("kiosk/<slug:site>/rate/<str:code>/", kiosk.visit, name="kiosk_visit"),
    path("desk/ratings/", reviewing.desk, name="desk"),
    path("desk/ratings/paper/", paper.paper, name="paper"),
    path("desk/ratings/<int:pk>/", reviewing.review, name="review"),
    path("desk/ratings/<int:pk>/reveal/", reviewing.reveal, name="reveal"),
    path("desk/ratings/<int:pk>/<slug:name>/", reviewing.deed, name="deed"),
]
