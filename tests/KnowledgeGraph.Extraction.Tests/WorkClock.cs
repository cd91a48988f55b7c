using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KnowledgeGraph.Extraction.Tests;

/// <summary>
/// How long this thread has worked since the clock was started: its own time on a processor, so that a limit holds on a machine that does much
/// else. Where the system cannot tell, the time that went by.
/// </summary>
internal sealed class WorkClock
{
    private const int ThreadTime = 3;

    private readonly Stopwatch wall = Stopwatch.StartNew();
    private readonly TimeSpan? start = Worked();

    public TimeSpan Elapsed => start is { } from && Worked() is { } now ? now - from : wall.Elapsed;

    private static TimeSpan? Worked() =>
        OperatingSystem.IsLinux() && GetTime(ThreadTime, out var time) == 0 ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / 100) : null;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);
}
