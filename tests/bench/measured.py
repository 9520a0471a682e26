"""A process as the kernel sees it, and numbers from repeated runs."""
import os
import statistics
import time


def cpu_seconds(pid):
    """User and system time of all its threads so far, those that have ended included."""
    return time.clock_gettime((~pid << 3) | 2)  # the id that clock_getcpuclockid(3) gives


def threads_cpu(pid):
    """{name: CPU seconds} of its living threads; those of one name together."""
    found = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/comm") as comm:
                name = comm.read().strip()
            with open(f"/proc/{pid}/task/{task}/schedstat") as stat:
                seconds = int(stat.read().split()[0]) / 1e9
        except FileNotFoundError:
            continue  # it has ended
        found[name] = found.get(name, 0) + seconds
    return found


def memory(pid):
    """As memory_kb(), in bytes."""
    return {name: kb * 1024 for name, kb in memory_kb(pid).items()}


def memory_kb(pid):
    """{"now": resident, "peak": the most it ever was, or since reset_peak()}"""
    found = {}
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            name, _, rest = line.partition(":")
            if name in ("VmRSS", "VmHWM"):
                found["now" if name == "VmRSS" else "peak"] = int(rest.split()[0])
    return found


def reset_peak(pid):
    """The peak counts from now on."""
    with open(f"/proc/{pid}/clear_refs", "w") as control:
        control.write("5")


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def machine():
    """What the figures were seen on."""
    with open("/proc/cpuinfo") as info:
        models = [line.partition(":")[2].strip() for line in info if line.startswith("model name")]
    with open("/proc/meminfo") as info:
        total = int(next(line for line in info if line.startswith("MemTotal")).split()[1]) * 1024
    return {"cpu": models[0] if models else "unknown", "cores": os.cpu_count(),
            "memory_gb": total / 1e9, "kernel": os.uname().release.split("-")[0],
            "load_before": os.getloadavg()[0]}
