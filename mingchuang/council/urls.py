"""The doors of the residents' council: topics, the register, invitations."""

from django.urls import URLPattern, path

from mingchuang.council.views import (
    ballots,
    costs,
    decided,
    deciding,
    flats,
    forgetting,
    inviting,
    lottery,
    of_case,
    own,
    owners,
    places,
    public,
    register,
    results,
    sittings,
    taking_part,
    topics,
)

app_name = "council"

TOPICS: list[URLPattern] = [
    path("council/", public.public, name="public"),
    path("council/<slug:number>/", public.public_page, name="public_topic"),
    path("desk/council/", topics.topics, name="topics"),
    path("desk/council/new/", topics.propose, name="propose"),
    path("desk/council/of/<slug:number>/", of_case.of_case, name="of_case"),
    path("desk/council/<slug:number>/", topics.topic, name="topic"),
    path("desk/council/<slug:number>/change/", topics.change, name="change"),
    path("desk/council/<slug:number>/places/", places.take_in_places, name="import_places"),
    path("desk/council/<slug:number>/places/blank.xlsx", places.blank_places, name="blank_places"),
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
    path("desk/council/papers/<int:pk>/", register.paper, name="paper"),
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
SITTINGS: list[URLPattern] = [
    path("council/rules/", decided.rules, name="rules"),
    path("council/sharing/", decided.sharing, name="sharing"),
    path("council/objections/<slug:code>/", decided.objection, name="objection"),
    path("council/objections/<slug:code>/forget/", forgetting.objection, name="forget_objection"),
    path("council/objections/<slug:code>/proof/", decided.objection_proof, name="objection_proof"),
    path("council/me/<slug:code>/wants/", taking_part.wants, name="wants"),
    path("council/me/<slug:code>/wants/<int:option>/", taking_part.say, name="say"),
    path(
        "council/me/<slug:code>/wants/<int:option>/<int:condition>/join/",
        taking_part.join_condition,
        name="join_condition",
    ),
    path("council/me/<slug:code>/sittings/<int:n>/", taking_part.my_sitting, name="my_sitting"),
    path(
        "council/me/<slug:code>/sittings/<int:n>/photos/<int:which>/",
        taking_part.my_shot,
        name="my_shot",
    ),
    path(
        "council/me/<slug:code>/sittings/<int:n>/<slug:name>/",
        taking_part.my_deed,
        name="my_deed",
    ),
    path("council/<slug:number>/sittings/", decided.sittings, name="public_sittings"),
    path("council/<slug:number>/sittings/<int:n>/", decided.minutes, name="minutes"),
    path(
        "council/<slug:number>/sittings/<int:n>/minutes.docx",
        decided.minutes_file,
        name="minutes_file",
    ),
    path(
        "council/<slug:number>/sittings/<int:n>/minutes.json",
        decided.minutes_text,
        name="minutes_text",
    ),
    path("council/<slug:number>/sittings/<int:n>/photos/<int:which>/", decided.shot, name="shot"),
    path("council/<slug:number>/decision/", decided.decision, name="decision"),
    path("council/<slug:number>/object/", decided.object_now, name="object"),
]
SITTING_DESK: list[URLPattern] = [
    path("desk/council/<slug:number>/sittings/", sittings.sittings, name="sittings"),
    path("desk/council/<slug:number>/sittings/convene/", sittings.convene, name="convene"),
    path("desk/council/<slug:number>/sittings/adjourn/", sittings.adjourn, name="adjourn"),
    path("desk/council/<slug:number>/sittings/<int:n>/", sittings.sitting, name="sitting"),
    path(
        "desk/council/<slug:number>/sittings/<int:n>/now/", sittings.sitting_now, name="sitting_now"
    ),
    path("desk/council/<slug:number>/sittings/<int:n>/sheet/", sittings.sheet, name="sheet"),
    path(
        "desk/council/<slug:number>/sittings/<int:n>/code/<int:which>/",
        sittings.sign_in_code,
        name="sign_in_code",
    ),
    path("desk/council/<slug:number>/sittings/<int:n>/decide/", deciding.decide, name="decide"),
    path(
        "desk/council/<slug:number>/sittings/<int:n>/corrections/<int:pk>/<slug:name>/",
        sittings.correction,
        name="correction",
    ),
    path(
        "desk/council/<slug:number>/sittings/<int:n>/do/<slug:name>/",
        sittings.sitting_deed,
        name="sitting_deed",
    ),
    path("desk/council/<slug:number>/decision/", deciding.decision, name="decision_desk"),
    path(
        "desk/council/<slug:number>/decision/do/<slug:name>/",
        deciding.decision_deed,
        name="decision_deed",
    ),
    path(
        "desk/council/<slug:number>/decision/checks/<int:pk>/",
        deciding.check,
        name="check",
    ),
    path(
        "desk/council/<slug:number>/decision/objections/<int:n>/uphold/",
        deciding.uphold,
        name="uphold",
    ),
    path(
        "desk/council/<slug:number>/decision/objections/<int:n>/<slug:name>/",
        deciding.objection_deed,
        name="objection_deed",
    ),
]

LOTTERY: list[URLPattern] = [
    path("desk/council/<slug:number>/lottery/", lottery.lottery, name="lottery"),
    path("desk/council/<slug:number>/lottery/ask/", lottery.ask, name="ask_lottery"),
    path("desk/council/<slug:number>/lottery/price/", lottery.price, name="price"),
    path("desk/council/<slug:number>/lottery/do/<slug:name>/", lottery.deed, name="lottery_deed"),
    path("council/check/", public.check, name="check_plan"),
    path("council/<slug:number>/lottery/", public.lotteries, name="public_lottery"),
    path(
        "council/<slug:number>/lottery/<int:roster>-<int:which>/plan.json",
        public.plan_file,
        name="plan_file",
    ),
    path(
        "council/<slug:number>/lottery/<int:roster>-<int:which>/draw.json",
        public.draw_file,
        name="draw_file",
    ),
    path(
        "council/<slug:number>/lottery/<int:roster>-<int:which>/refill-<int:turn>.json",
        public.refill_file,
        name="refill_file",
    ),
]
OWNERS: list[URLPattern] = [
    path("council/owner/<slug:code>/", owners.owner, name="owner"),
    path("council/owner/<slug:code>/forget/", forgetting.owner, name="forget_owner"),
    path("council/owner/<slug:code>/vote/<int:n>/", owners.vote, name="vote"),
    path("council/owner/<slug:code>/pledge/<int:n>/", owners.pledge, name="pledge"),
    path(
        "council/<slug:number>/ballots/<int:n>/", results.public_ballot_page, name="public_ballot"
    ),
    path("council/<slug:number>/costs/<int:n>/", results.public_cost_page, name="public_cost"),
    path("desk/council/<slug:number>/flats/", flats.flats, name="flats"),
    path("desk/council/<slug:number>/flats/import/", flats.take_in_flats, name="import_flats"),
    path("desk/council/<slug:number>/flats/blank.xlsx", flats.blank_flats, name="blank_flats"),
    path(
        "desk/council/<slug:number>/flats/<int:which>/out/",
        flats.take_out_flat,
        name="take_out_flat",
    ),
    path(
        "desk/council/<slug:number>/flats/<int:which>/back/",
        flats.put_back_flat,
        name="put_back_flat",
    ),
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
urlpatterns = [
    *OWN,
    *SITTINGS,
    *SITTING_DESK,
    *LOTTERY,
    *OWNERS,
    *REGISTER,
    *INVITING,
    *TOPICS,
]
