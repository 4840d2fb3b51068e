"""What has to be in the environment before Python starts."""

import os

_ENVIRONMENT = {
    # One thread a process: two that wait for each other are slower on shared cores.
    "OMP_NUM_THREADS": "1",
    # glibc hands every large tensor back to the system, and page faults cost a tenth of the time.
    "MALLOC_MMAP_THRESHOLD_": "2000000000",
    "MALLOC_TRIM_THRESHOLD_": "8000000000",
    "MALLOC_TOP_PAD_": "200000000",
}


def training_environment() -> dict[str, str]:
    """Give this process's environment with what training needs."""
    return os.environ | _ENVIRONMENT


def is_prepared() -> bool:
    """Whether this process began with it."""
    return os.environ.items() >= _ENVIRONMENT.items()
