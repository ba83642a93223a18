import subprocess
import sys

from deskhand.vendors.registry import REGISTRY


def modules_after(code: str) -> set[str]:
    script = f"import sys; {code}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8")
    return set(done.stdout.split())


def test_naming_the_vendors_costs_no_client_and_no_models():
    loaded = modules_after("import deskhand.vendors.registry")
    assert not loaded & {"httpx", "aiohttp", "pydantic", "truststore"}


def test_warming_up_loads_every_adapter():
    loaded = modules_after("import deskhand.vendors.registry as r; r.warm_up()")
    assert {f"deskhand.vendors.{vendor}.adapter" for vendor in REGISTRY} <= loaded


def test_each_vendor_says_what_a_sign_in_form_needs():
    for vendor, spec in REGISTRY.items():
        info = spec.info
        assert info.id == vendor
        assert len(info.mark) == 2
        assert info.colour.startswith("#")
        assert info.base_url.startswith("https://")
        assert info.summary
        for kind in info.kinds:
            assert sum(field.secret for field in kind.fields) == 1
    assert len({spec.info.colour for spec in REGISTRY.values()}) == len(REGISTRY)
