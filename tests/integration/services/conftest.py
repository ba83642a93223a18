from tests.integration.sync.conftest import start_services

__all__ = ["start_services"]
