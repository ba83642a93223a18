from tests.integration.sync.conftest import begin

__all__ = ["begin"]
