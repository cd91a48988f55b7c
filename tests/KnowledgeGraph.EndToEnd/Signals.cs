using System.Runtime.InteropServices;

namespace KnowledgeGraph.EndToEnd;

/// <summary>Signals to processes, by the C library's <c>kill</c>: .NET itself sends SIGKILL only.</summary>
internal static class Signals
{
    private const int Interrupt = 2;
    private const int Quit = 3;

    /// <summary>What Ctrl-C sends.</summary>
    public static void SendInterrupt(int processId) => _ = Kill(processId, Interrupt);

    /// <summary>PostgreSQL's immediate shutdown.</summary>
    public static void SendQuit(int processId) => _ = Kill(processId, Quit);

    /// <summary>Whether a process of this id lives; signal 0 only asks.</summary>
    public static bool IsRunning(int processId) => Kill(processId, 0) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
