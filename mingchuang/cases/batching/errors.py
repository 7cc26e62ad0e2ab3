"""How a batch says no."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import NotFound, Refused


class NoSheet(NotFound):
    code = "no_batch_sheet"
    reason = _("这个事项还不能批量办理。请从批量办理的事项中选择。")


class BadColumns(Refused):
    code = "bad_batch_columns"
    reason = _("第 %(line)s 行不是一列：“%(text)s”。请写成“原参保地 文字 必填”的样子。")


class ColumnsMissing(Refused):
    code = "batch_columns_missing"
    reason = _(
        "第一张表“%(title)s”的第一行缺少%(columns)s。请下载这个事项的批量表，照它的第一行填写。"
    )


class ColumnsTwice(Refused):
    code = "batch_columns_twice"
    reason = _(
        "第一张表“%(title)s”里有不止一列叫%(columns)s，不知道以哪一列为准。"
        "请删去或改名多出来的那一列，再报送一次。"
    )


class NamesBelow(Refused):
    code = "batch_names_below"
    reason = _(
        "列名在“%(title)s”的第 %(row)s 行。请删掉它上面的标题行，让列名在第一行，再报送一次。"
    )


class WrongSheet(Refused):
    code = "batch_wrong_sheet"
    reason = _("名单在“%(other)s”里，不在第一张表“%(title)s”里。请把它移到第一张，再报送一次。")


class NobodyInIt(Refused):
    code = "batch_nobody"
    reason = _("表里只有空行，没有人员。请从第二行起，每行写一人。")


class TooManyMerged(Refused):
    code = "batch_too_many_merged"
    reason = _("表里有 %(many)s 处合并的单元格。请取消合并，每人一行逐格填写，再报送一次。")


class UploadWaits(Refused):
    code = "batch_upload_waits"
    reason = _("上一份工作簿还在核对。请等它核对完，再报送下一份。")


class ListFull(Refused):
    code = "batch_list_full"
    reason = _("一批最多 %(most)s 人。请另开一批，报送其余的人。")


class BatchOver(Refused):
    code = "batch_over"
    reason = _("这一批已经办结，不再收新的名单和材料。还有人要办，请另开一批。")


class PeopleWait(Refused):
    code = "batch_people_wait"
    reason = _("名单上还有 %(many)s 人没有办完。请先逐个办结，或者写明理由不予办理。")
    way = ("cases:desk_batch", "number", _("去这份名单"))


class StandsAlone(Refused):
    code = "batch_stands_alone"
    reason = _("企业批量办理的工单有自己的名单和专人，不能和别的工单合并。")


class ListUnread(Refused):
    code = "batch_list_unread"
    reason = _("单位刚报送的名单还在核对。请等核对完，名单上的人都办完以后再答复。")


class NotInHand(Refused):
    code = "batch_not_in_hand"
    reason = _("请先签收这件工单，再办名单。")


class BatchAnswered(Refused):
    code = "batch_answered"
    reason = _("这件工单已经答复。要改，请先重办。")


class NobodyNamed(Refused):
    code = "batch_nobody_named"
    reason = _("还没有指定专人，单位不知道找谁。请先指定专人，再办名单。")


class NoSuchPlaces(Refused):
    code = "batch_no_such_places"
    reason = _("请写名单上的序号，例如 1-80、92。名单现有 %(size)s 人。")


class WrongStage(Refused):
    code = "batch_wrong_stage"
    reason = _("第 %(places)s 位现在不能“%(move)s”。其余的也没有动，请改好序号再办。")


class PapersOwed(Refused):
    code = "batch_papers_owed"
    reason = _(
        "第 %(places)s 位还缺材料，不能直接受理。请在“还缺的材料”里登记已交来的，"
        "或者写明原因选“不用交了”；齐了自动接着办。其余的也没有动。"
    )


class ReasonMissing(Refused):
    code = "batch_reason_missing"
    reason = _("不予办理的，请写明理由。")


class NotEnded(Refused):
    code = "batch_not_ended"
    reason = _("第 %(places)s 位还没有办结，也没有不予办理、划去，不用改回。请从序号中去掉。")


class StandsAgain(Refused):
    code = "batch_stands_again"
    reason = _("第 %(places)s 位划去以后，同一个人又列入了名单，不能改回。请从序号中去掉。")


class NotChecked(Refused):
    code = "batch_not_checked"
    reason = _("这家单位现在没有核对的记录，不用撤回。")


class NotCrossedOut(Refused):
    code = "batch_not_crossed_out"
    reason = _("第 %(places)s 位已经办结、不予办理或者划去，不能再划。请从序号中去掉。")


class AskedOnce(Refused):
    code = "batch_asked_once"
    reason = _("第 %(places)s 位已经一次性告知过材料，不能再要。请从序号中去掉。")


class NothingToAsk(Refused):
    code = "batch_nothing_to_ask"
    reason = _("这些材料都已经交过，不再向他们要。")


class NothingHandedIn(Refused):
    code = "batch_nothing_handed_in"
    reason = _("请勾选这次交的材料。")


class NothingClaimed(Refused):
    code = "batch_nothing_claimed"
    reason = _("这份材料有照片，或者还没有交、已经办完，不用说没有收到。")


class NothingToTurnBack(Refused):
    code = "batch_nothing_to_turn_back"
    reason = _("请勾选要退回的材料。没有照片的、已经办完的，不能这样退回。")


class NotAskedYet(Refused):
    code = "batch_not_asked_yet"
    reason = _("第 %(places)s 位还没有告知过材料，请用“一次性告知”，一次写全。")


class NothingToStrike(Refused):
    code = "batch_nothing_to_strike"
    reason = _("请勾选还没有交、不用再交的材料。")


class NoSuchContact(Refused):
    code = "batch_no_such_contact"
    reason = _("专人要从主办单位的承办人中选。")


class NothingToPlan(Refused):
    code = "batch_nothing_to_plan"
    reason = _("名单里没有等着办的人，不用排计划。")


class DayOver(Refused):
    code = "batch_day_over"
    reason = _("加班的日子要在今天以后。")


class DayTooFar(Refused):
    code = "batch_day_too_far"
    reason = _("计划只排今后 %(days)s 天，加班的日子不能再往后。")


class AgreedAlready(Refused):
    code = "batch_agreed_already"
    reason = _("这一天您已经登记过加班。")


class NothingAgreed(Refused):
    code = "batch_nothing_agreed"
    reason = _("这一天您没有登记加班，或者那一天已经过去。")


class SentAlready(Refused):
    code = "batch_sent_already"
    reason = _("第 %(places)s 位的结果已经寄出。请从序号中去掉。")


class NotYetDone(Refused):
    code = "batch_not_yet_done"
    reason = _("第 %(places)s 位还没有办结，不能寄送。请从序号中去掉。")


class ParcelNamedTwice(Refused):
    code = "batch_parcel_named_twice"
    reason = _("这个快递单号在这一批里已经登记过。请核对单号。")


class ParcelThere(Refused):
    code = "batch_parcel_there"
    reason = _("这件快递单位已经确认收到，不用再改、再问。")


class NothingMissed(Refused):
    code = "batch_nothing_missed"
    reason = _("单位没有说这件快递没收到，不用答复。")


class NothingToTakeBack(Refused):
    code = "batch_nothing_to_take_back"
    reason = _("这件快递没有确认收到，或者这件事已经结束，不能撤回。有话请写给专人。")
