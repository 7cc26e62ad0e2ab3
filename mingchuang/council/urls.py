"""The doors of the residents' council: topics, the register, invitations."""

from django.urls import URLPattern, path

from mingchuang.council.views import (
    ballots,
    costs,
    flats,
    inviting,
    lottery,
    own,
    owners,
    public,
    register,
    results,
    topics,
)

app_name = "council"

TOPICS: list[URLPattern] = [
    path("council/", public.public, name="public"),
    path("council/<slug:number>/", public.public_page, name="public_topic"),
    path("desk/council/", topics.topics, name="topics"),
    path("desk/council/new/", topics.propose, name="propose"),
    path("desk/council/<slug:number>/", topics.topic, name="topic"),
    path("desk/council/<slug:number>/change/", topics.change, name="change"),
    path("desk/council/<slug:number>/do/<slug:name>/", topics.deed, name="deed"),
]
OWN: list[URLPattern] = [
    path("council/me/<slug:code>/", own.me, name="me"),
    path("council/me/<slug:code>/camp/", own.camp, name="camp"),
    path("council/me/<slug:code>/correct/", own.correct, name="correct"),
    path("council/me/<slug:code>/withdraw/", own.withdraw, name="withdraw"),
    path("council/me/<slug:code>/answer/", own.answer, name="answer"),
    path("council/<slug:number>/join/", own.join, name="join"),
]
REGISTER: list[URLPattern] = [
    path("desk/council/pictures/<int:pk>/", register.picture, name="picture"),
    path("desk/council/<slug:number>/register/", register.register, name="register"),
    path("desk/council/<slug:number>/register/add/", register.add, name="add"),
    path("desk/council/<slug:number>/register/import/", register.take_in_workbook, name="import"),
    path("desk/council/<slug:number>/register/blank.xlsx", register.blank, name="blank"),
    path("desk/council/<slug:number>/register/<int:which>/", register.person, name="person"),
    path("desk/council/<slug:number>/register/<int:which>/reveal/", register.reveal, name="reveal"),
    path("desk/council/<slug:number>/register/<int:which>/slip/", register.slip, name="slip"),
    path(
        "desk/council/<slug:number>/register/<int:which>/do/<slug:name>/",
        register.person_deed,
        name="person_deed",
    ),
]
INVITING: list[URLPattern] = [
    path("desk/council/<slug:number>/invite/", inviting.inviting, name="inviting"),
    path("desk/council/<slug:number>/invite/notice/", inviting.notice, name="notice"),
    path("desk/council/<slug:number>/invite/posted/", inviting.post_notice, name="post_notice"),
    path("desk/council/<slug:number>/invite/<int:which>/", inviting.invitation, name="invitation"),
    path(
        "desk/council/<slug:number>/invite/<int:which>/<slug:name>/",
        inviting.invitation_deed,
        name="invitation_deed",
    ),
]

LOTTERY: list[URLPattern] = [
    path("desk/council/<slug:number>/lottery/", lottery.lottery, name="lottery"),
    path("desk/council/<slug:number>/lottery/ask/", lottery.ask, name="ask_lottery"),
    path("desk/council/<slug:number>/lottery/price/", lottery.price, name="price"),
    path("desk/council/<slug:number>/lottery/do/<slug:name>/", lottery.deed, name="lottery_deed"),
    path("council/check/", public.check, name="check"),
    path("council/<slug:number>/lottery/", public.lotteries, name="public_lottery"),
    path(
        "council/<slug:number>/lottery/<int:roster>-<int:which>/plan.json",
        public.plan_file,
        name="plan_file",
    ),
]
OWNERS: list[URLPattern] = [
    path("council/owner/<slug:code>/", owners.owner, name="owner"),
    path("council/owner/<slug:code>/vote/<int:n>/", owners.vote, name="vote"),
    path("council/owner/<slug:code>/pledge/<int:n>/", owners.pledge, name="pledge"),
    path(
        "council/<slug:number>/ballots/<int:n>/", results.public_ballot_page, name="public_ballot"
    ),
    path("council/<slug:number>/costs/<int:n>/", results.public_cost_page, name="public_cost"),
    path("desk/council/<slug:number>/flats/", flats.flats, name="flats"),
    path("desk/council/<slug:number>/flats/import/", flats.take_in_flats, name="import_flats"),
    path("desk/council/<slug:number>/flats/blank.xlsx", flats.blank_flats, name="blank_flats"),
    path("desk/council/<slug:number>/owners/<int:owner>/relink/", flats.relink, name="relink"),
    path("desk/council/<slug:number>/ballots/new/", ballots.call_ballot, name="call_ballot"),
    path("desk/council/<slug:number>/ballots/<int:n>/", ballots.ballot, name="ballot"),
    path(
        "desk/council/<slug:number>/ballots/<int:n>/enter/", ballots.enter_vote, name="enter_vote"
    ),
    path(
        "desk/council/<slug:number>/ballots/<int:n>/back/<int:owner>/",
        ballots.take_back,
        name="take_back",
    ),
    path("desk/council/<slug:number>/ballots/<int:n>/papers/", ballots.papers, name="papers"),
    path("desk/council/<slug:number>/ballots/<int:n>/list/", ballots.sign_list, name="sign_list"),
    path(
        "desk/council/<slug:number>/ballots/<int:n>/do/<slug:name>/",
        ballots.ballot_deed,
        name="ballot_deed",
    ),
    path("desk/council/<slug:number>/costs/new/", costs.draw_up, name="draw_up"),
    path("desk/council/<slug:number>/costs/<int:n>/", costs.cost, name="cost"),
    path(
        "desk/council/<slug:number>/costs/<int:n>/do/<slug:name>/",
        costs.cost_deed,
        name="cost_deed",
    ),
    path("desk/council/<slug:number>/costs/<int:n>/strike/<int:pk>/", costs.strike, name="strike"),
    path(
        "desk/council/<slug:number>/costs/<int:n>/slip/<int:pk>/",
        costs.payment_slip,
        name="payment_slip",
    ),
]

# One's own page comes before any topic that is called so.
urlpatterns = [*OWN, *LOTTERY, *OWNERS, *REGISTER, *INVITING, *TOPICS]
