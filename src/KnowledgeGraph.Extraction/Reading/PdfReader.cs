using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>
/// Reads PDF files through poppler's pdftotext, which keeps the layout: columns of tables are parted by spaces, pages by form feeds. It runs
/// as a process of its own with a time limit, so a forged file can neither crash nor hang this one.
/// </summary>
internal static class PdfReader
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    public static ReadResult Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.IndexOf("%%EOF"u8) < 0 && bytes.Span.IndexOf("startxref"u8) < 0)
        {
            return DocumentReader.Refuse(UnreadableReason.Damaged, "The PDF file is damaged: it breaks off before its end.");
        }

        var path = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.pdf");
        try
        {
            using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes.Span);
            }

            return Convert(path);
        }
        catch (IOException fault)
        {
            return DocumentReader.Refuse(UnreadableReason.Damaged, $"The PDF file could not be laid out for reading: {fault.Message}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ReadResult Convert(string path)
    {
        var start = new ProcessStartInfo("pdftotext") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, UseShellExecute = false };
        foreach (var argument in (ReadOnlySpan<string>)["-layout", "-enc", "UTF-8", "-eol", "unix", path, "-"])
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start) ?? throw new Win32Exception();
        }
        catch (Win32Exception)
        {
            return DocumentReader.Refuse(UnreadableReason.UnsupportedFormat, "PDF needs pdftotext (poppler-utils).");
        }

        using (process)
        {
            return Collect(process);
        }
    }

    private static ReadResult Collect(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeLimit))
        {
            process.Kill(entireProcessTree: true);
            return DocumentReader.Refuse(UnreadableReason.Damaged, $"The PDF file could not be read within {TimeLimit.TotalSeconds:0} seconds.");
        }

        var text = output.GetAwaiter().GetResult();
        if (process.ExitCode != 0)
        {
            var isLocked = errors.GetAwaiter().GetResult().Contains("password", StringComparison.OrdinalIgnoreCase) || process.ExitCode == 3;
            return DocumentReader.Refuse(UnreadableReason.Damaged, isLocked ? "The PDF file is encrypted." : "The PDF file is damaged.");
        }

        return string.IsNullOrWhiteSpace(text.Replace('\f', ' '))
            ? DocumentReader.Refuse(UnreadableReason.Empty, "The PDF file holds no text, only pictures.")
            : DocumentReader.Assemble(text, Line.Split(text), "application/pdf", declaredTitle: null);
    }
}
