using System.Security.Cryptography;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.EventStore.Streams;
using KnowledgeGraph.Extraction;
using KnowledgeGraph.Extraction.Reading;
using Npgsql;

namespace KnowledgeGraph.Api.Reports;

/// <summary>Reads a report and finds its facts. Pure and thread-safe.</summary>
public delegate ExtractionResult Extract(ReadOnlyMemory<byte> bytes, ReportHints hints, CancellationToken ct);

/// <summary>What came of handing in a report. It can be read back once the views have passed the sequence, that of its last event.</summary>
public abstract record IngestResult
{
    public sealed record Registered(string ReportId, long Sequence) : IngestResult;

    public sealed record Known(string ReportId, long Sequence) : IngestResult;

    /// <summary>Nothing was recorded.</summary>
    public sealed record Unreadable(UnreadableReason Reason, string Message) : IngestResult;
}

/// <summary>
/// INGEST: bytes in, events out, once.
/// <para>
/// The report's id is the hash of its bytes and its stream is <c>report/ID</c>. One transaction appends <c>report_registered</c> and one
/// event per fact to a stream that must not exist yet, and keeps bytes and text: all of a report is recorded or nothing is, so a crash
/// leaves nothing half done and the same file may simply be handed in again.
/// </para>
/// <para>
/// What may race: several callers with the same bytes. The database lets one create the stream; the others get a version conflict (or,
/// their events having the same ids, the answer that these stand there already) and report the report as known. Event ids follow from the
/// report's hash and the facts' ids, so repeating an append whose outcome was lost with the connection doubles nothing either.
/// </para>
/// </summary>
public sealed class ReportIngest(
    EventLog log, Documents documents, Extract extract, NpgsqlDataSource database, TimeProvider time, ILogger<ReportIngest> logger)
{
    public static string StreamOf(string reportId) => $"report/{reportId}";

    /// <summary>The id of a report: SHA-256 of its bytes, lower-case hex.</summary>
    public static string IdOf(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));

    /// <param name="bytes">The file.</param>
    /// <param name="hints">What is known of it from elsewhere.</param>
    /// <param name="recording">Called when the facts are found and are about to be recorded; null for nothing.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<IngestResult> IngestAsync(
        ReadOnlyMemory<byte> bytes, ReportHints hints, Func<Task>? recording, CancellationToken cancellation)
    {
        var id = IdOf(bytes);
        if (await LastSequenceAsync(id, cancellation) is { } known)
            return new IngestResult.Known(id, known);
        var started = time.GetTimestamp();
        switch (extract(bytes, hints, cancellation))
        {
            case ExtractionResult.Unreadable unreadable:
                return new IngestResult.Unreadable(unreadable.Reason, unreadable.Message);
            case ExtractionResult.Extracted { Report: var report } when !IsStorable(report.Document.Text):
                return new IngestResult.Unreadable(UnreadableReason.Damaged, "The text contains NUL characters or broken surrogate pairs.");
            case ExtractionResult.Extracted { Report: var report }:
                if (recording is not null)
                    await recording();
                var result = await AppendAsync(id, bytes, hints, report, cancellation);
                if (result is IngestResult.Registered)
                    logger.ReportRegistered(id, bytes.Length, report.Facts.Count, time.GetElapsedTime(started).TotalMilliseconds);
                return result;
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is no extraction result that ingest knows.");
        }
    }

    /// <summary>The events of a report, in the order in which they are appended.</summary>
    public static IReadOnlyList<NewEvent> EventsOf(string id, int size, ReportHints hints, ExtractedReport report)
    {
        var registered = new ReportRegistered
        {
            ReportId = id,
            FileName = hints.FileName,
            MediaType = report.Document.MediaType,
            Size = size,
            TextLength = report.Document.Text.Length,
            Publisher = report.Publisher,
            Title = report.Metadata.Title,
            Date = report.Metadata.Date?.Text,
            DateBasis = report.Metadata.DateBasis?.ToString().ToLowerInvariant(),
            Sector = report.Metadata.Sector,
            Rating = report.Metadata.Rating,
            Analysts = report.Metadata.Analysts,
            Ruleset = report.Ruleset,
        };
        return
        [
            NewEvents.Of(RegistrationId(id), registered),
            .. report.Facts.Select(fact => NewEvents.Of(fact.Id, FactMapping.ToEvent(fact, id, report.Ruleset))),
        ];
    }

    private async Task<IngestResult> AppendAsync(
        string id, ReadOnlyMemory<byte> bytes, ReportHints hints, ExtractedReport report, CancellationToken cancellation)
    {
        var appended = await log.AppendAsync(
            StreamOf(id),
            "report",
            ExpectedVersion.NoStream,
            EventsOf(id, bytes.Length, hints, report),
            new EventMetadata(CorrelationId: System.Diagnostics.Activity.Current?.TraceId.ToString()),
            (_, transaction, ct) => documents.AddAsync(transaction, id, bytes, report.Document.Text, report.Document.MediaType, hints.FileName, ct),
            cancellation);
        return appended is AppendResult.Appended { Repeated: false, Sequence: var last }
            ? new IngestResult.Registered(id, last)
            : new IngestResult.Known(id, (await LastSequenceAsync(id, cancellation))!.Value);
    }

    /// <summary>The sequence of a report's last event; null where it is not recorded.</summary>
    public async Task<long?> LastSequenceAsync(string id, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            "select max(seq_id) from events.mt_events where stream_id = $1", [StreamOf(id)], row => row.Optional<long?>(0), cancellation);
        return rows[0];
    }

    // RFC 9562 version 8, as a fact's id is: the report's own hash is what makes the event that event.
    private static Guid RegistrationId(string reportId)
    {
        var hash = Convert.FromHexString(reportId.AsSpan(0, 32));
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    // PostgreSQL keeps neither, and an offset into a text that is not the text kept would be worth nothing.
    private static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
