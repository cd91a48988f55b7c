using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Api.Reports;

/// <summary>Ingests the reports of a folder, in the order of their names. Known ones are recognised by their hash.</summary>
public sealed class SeedIngest(ReportIngest ingest, ILogger<SeedIngest> logger)
{
    private static readonly HashSet<string> Extensions = new([".txt", ".md", ".html", ".htm", ".pdf", ".docx"], StringComparer.OrdinalIgnoreCase);

    public async Task RunAsync(string folder, CancellationToken cancellation)
    {
        int added = 0, known = 0;
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            var bytes = await File.ReadAllBytesAsync(file, cancellation);
            switch (await ingest.IngestAsync(bytes, new ReportHints { FileName = name }, recording: null, cancellation))
            {
                case IngestResult.Registered:
                    added++;
                    break;
                case IngestResult.Known:
                    known++;
                    break;
                case IngestResult.Unreadable unreadable:
                    logger.SeedUnreadable(name, unreadable.Reason.ToString());
                    break;
            }
        }

        logger.SeedsIngested(added, known);
    }
}
