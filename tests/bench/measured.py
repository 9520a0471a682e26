"""A process as the kernel sees it, and numbers from repeated runs."""
import os
import statistics

_TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """User and system time of all its threads so far."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def memory_kb(pid):
    """{"now": resident, "peak": the most it ever was}"""
    found = {}
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            name, _, rest = line.partition(":")
            if name in ("VmRSS", "VmHWM"):
                found["now" if name == "VmRSS" else "peak"] = int(rest.split()[0])
    return found


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def machine():
    """What the figures were seen on."""
    with open("/proc/cpuinfo") as info:
        models = [line.partition(":")[2].strip() for line in info if line.startswith("model name")]
    with open("/proc/meminfo") as info:
        memory = int(next(line for line in info if line.startswith("MemTotal")).split()[1])
    return {"cpu": models[0] if models else "unknown", "cores": os.cpu_count(),
            "memory_mb": memory // 1024, "kernel": os.uname().release,
            "load_before": os.getloadavg()[0]}
