"""Launch data of the sandbox before aiogram's own checks."""

from aiogram.utils.web_app import check_webapp_signature, safe_parse_webapp_init_data
from aiogram.utils.web_app_signature import safe_check_webapp_init_data_from_signature
from aiogram_world import World


async def init_data(w: World) -> None:
    launched = await w.desk.launch(w.buyer, start_param="from-aiogram", url="https://shop.example/")
    data = safe_parse_webapp_init_data(w.desk.token, launched["init_data"])
    assert data.user.id == w.buyer and data.start_param == "from-aiogram"
    assert not check_webapp_signature("4201:OTHER", launched["init_data"])


async def signature(w: World) -> None:
    raw = (await w.desk.launch(w.buyer, url="https://shop.example/"))["init_data"]
    key = await w.desk.key()
    assert safe_check_webapp_init_data_from_signature(4201, raw, key).user.id == w.buyer
    try:
        safe_check_webapp_init_data_from_signature(4202, raw, key)
    except ValueError:
        pass
    else:
        raise AssertionError("another bot's launch data was taken")


CHECKS = {
    "initData: hash, by aiogram": init_data,
    "initData: Ed25519 signature, by aiogram": signature,
}
