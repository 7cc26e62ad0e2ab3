from django.urls import path

from mingchuang.reviews.views import (
    gifts,
    kiosk,
    paper,
    rating,
    reviewing,
    thanks,
    thanks_desk,
    thanks_register,
    told,
)

app_name = "reviews"
RATINGS = [
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
THANKS = [
    path("thanks/", thanks.wall_page, name="thanks_wall"),
    path("thanks/new/", thanks.say, name="say_thanks"),
    path("thanks/photos/<int:pk>/", thanks.wall_photo_page, name="wall_photo"),
    path("thanks/mine/<slug:code>/", thanks.mine, name="my_thanks"),
    path("thanks/mine/<slug:code>/forget/", thanks.forget, name="forget_thanks"),
    path("desk/thanks/", thanks_desk.desk, name="thanks_desk"),
    path("desk/thanks/new/", thanks_register.register, name="register_thanks"),
    path("desk/thanks/print/", thanks_desk.print_register, name="print_thanks"),
    path("desk/thanks/import/", thanks_register.take_in_register, name="import_thanks"),
    path("desk/thanks/blank/", thanks_register.blank_register, name="blank_thanks"),
    path("desk/thanks/naming/", thanks_register.naming, name="thanks_naming"),
    path("desk/thanks/photos/<int:pk>/", thanks_desk.photo, name="thanks_photo"),
    path("desk/thanks/<int:pk>/", thanks_desk.thanks, name="thanks"),
    path("desk/thanks/<int:pk>/correct/", thanks_register.correct, name="correct_thanks"),
    path("desk/thanks/<int:pk>/reveal/", thanks_desk.reveal, name="reveal_giver"),
    path("desk/thanks/<int:pk>/<slug:name>/", thanks_desk.deed, name="thanks_deed"),
    path("desk/gifts/", gifts.gifts, name="gifts"),
    path("desk/gifts/new/", gifts.record, name="record_gift"),
    path("desk/gifts/<int:pk>/", gifts.gift, name="gift"),
    path("desk/gifts/<int:pk>/reveal/", gifts.reveal, name="reveal_gift"),
    path("desk/gifts/<int:pk>/<slug:name>/", gifts.deed, name="gift_deed"),
]
urlpatterns = [*RATINGS, *THANKS]
