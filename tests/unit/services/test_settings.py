"""The agent's choices for how long a wait may be."""

from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import a_store

from deskhand.domain.waits import WaitRules, WorkingHours
from deskhand.services.settings import Settings

HOUR = timedelta(hours=1)


async def settings_in(store):
    settings = Settings(store.settings)
    await settings.load()
    return settings


async def test_limits_and_working_hours_are_kept(tmp_path):
    chosen = WaitRules(2 * HOUR, 6 * HOUR, WorkingHours(frozenset({0, 2}), 8 * 60, 24 * 60))
    async with a_store(tmp_path) as store:
        settings = await settings_in(store)
        assert settings.wait_rules == WaitRules(8 * HOUR, 24 * HOUR, None)
        await settings.set_wait_rules(chosen)
    async with a_store(tmp_path) as store:
        assert (await settings_in(store)).wait_rules == chosen
        await (await settings_in(store)).set_wait_rules(WaitRules())
        assert (await settings_in(store)).wait_rules == WaitRules()


async def test_hot_is_never_before_warm(tmp_path):
    async with a_store(tmp_path) as store:
        settings = await settings_in(store)
        await settings.set_wait_rules(WaitRules(9 * HOUR, 3 * HOUR))
        assert (settings.wait_rules.warm, settings.wait_rules.hot) == (9 * HOUR, 9 * HOUR)


@pytest.mark.parametrize("stored", ["", "x", "-3", '{"days": 1}', '{"days": [1], "begin": 9, "end": 5}', "[]"])
async def test_what_another_program_wrote_is_passed_over(tmp_path, stored):
    async with a_store(tmp_path) as store:
        for key in ("waiting.warm_hours", "waiting.hot_hours", "waiting.working_hours"):
            await store.settings.put(key, stored)
        assert (await settings_in(store)).wait_rules == WaitRules()
