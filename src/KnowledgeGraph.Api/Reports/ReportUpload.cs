using System.Text;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Reading;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace KnowledgeGraph.Api.Reports;

/// <summary>What a request hands in, or why it cannot be taken.</summary>
public abstract record UploadResult
{
    public sealed record Received(ReadOnlyMemory<byte> Bytes, ReportHints Hints) : UploadResult;

    public sealed record Refused(Problem Problem) : UploadResult;
}

/// <summary>
/// Reads a report from a request: the file as the body, or a multipart form with the field <c>file</c> and the hints as further fields.
/// The limit holds while the body streams in, whatever length it declares; what a form says wins over the query.
/// </summary>
public static class ReportUpload
{
    private const int MaxFieldBytes = 4096;

    /// <summary>How many bytes of a body that is too large are still taken.</summary>
    public static long DrainedAtMost(int maxBytes) => maxBytes * 4L;

    public static async Task<UploadResult> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        var hints = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType))
            contentType = null;
        try
        {
            if (contentType?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
                return await ReadFormAsync(request, contentType, hints, maxBytes, cancellation);
            // Who waits for leave to send is told at once: it has sent nothing, and the first read would give the leave.
            if (request.ContentLength > maxBytes && request.Headers.Expect.Count > 0)
                return TooLarge(maxBytes);
            if (request.ContentLength > maxBytes || await ReadAsync(request.Body, maxBytes, cancellation) is not { } bytes)
                return await TooLargeAsync(request, maxBytes, cancellation);
            var fileName = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition) ? FileNameOf(disposition) : null;
            return Receive(bytes, fileName, MediaTypeOf(contentType), hints);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return new UploadResult.Refused(Problems.BadRequest.With("The body is no complete multipart form."));
        }
    }

    private static async Task<UploadResult> ReadFormAsync(
        HttpRequest request, MediaTypeHeaderValue contentType, Dictionary<string, string> hints, int maxBytes, CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(contentType.Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
            return new UploadResult.Refused(Problems.BadRequest.With("The multipart form has no boundary."));
        var reader = new MultipartReader(boundary, request.Body);
        (byte[] Bytes, string? FileName, string? MediaType)? file = null;
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                return new UploadResult.Refused(Problems.BadRequest.With("A part of the form has no Content-Disposition."));
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (name == "file")
            {
                if (file is not null)
                    return Invalid("file", "One report at a time: the form has two files.");
                if (await ReadAsync(section.Body, maxBytes, cancellation) is not { } bytes)
                    return await TooLargeAsync(request, maxBytes, cancellation);
                file = (bytes, FileNameOf(disposition), MediaTypeHeaderValue.TryParse(section.ContentType, out var type) ? MediaTypeOf(type) : null);
            }
            else if (name is not ("fileName" or "publisher" or "title" or "date"))
            {
                return new UploadResult.Refused(Problems.UnknownParameter.With($"There is no field '{name}'.", name));
            }
            else if (await ReadAsync(section.Body, MaxFieldBytes, cancellation) is { } value)
            {
                hints[name] = Encoding.UTF8.GetString(value);
            }
            else
            {
                return Invalid(name, $"'{name}' has at most {MaxFieldBytes} bytes.");
            }
        }

        return file is { } found ? Receive(found.Bytes, found.FileName, found.MediaType, hints) : Invalid("file", "The form has no field 'file'.");
    }

    private static UploadResult Receive(byte[] bytes, string? fileName, string? mediaType, Dictionary<string, string> hints)
    {
        foreach (var (name, value) in hints)
        {
            if (value.Length > 500 || value.Any(char.IsControl))
                return Invalid(name, $"'{name}' has at most 500 characters, none of them a control character.");
        }

        if (Hint("publisher") is { } publisher && !publisher.Any(char.IsLetterOrDigit))
            return Invalid("publisher", "'publisher' has no letter and no digit.");
        var date = Hint("date");
        if (date is not null && PartialDate.TryParse(date) is null)
            return Invalid("date", "'date' is a date like 2026-05-20, 2026-05 or 2026.");
        return new UploadResult.Received(bytes, new ReportHints
        {
            FileName = Path.GetFileName(Hint("fileName") ?? fileName) is { Length: > 0 } given ? given : null,
            MediaType = mediaType,
            Publisher = Hint("publisher"),
            Title = Hint("title"),
            Date = PartialDate.TryParse(date),
        });

        string? Hint(string name) => hints.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>All of the stream; null as soon as it is longer than allowed.</summary>
    private static async Task<byte[]?> ReadAsync(Stream body, int maxBytes, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (bytes.Length + count > maxBytes)
                return null;
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    private static string? FileNameOf(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        var text = HeaderUtilities.RemoveQuotes(name).Value;
        return string.IsNullOrWhiteSpace(text) || text.Length > 500 || text.Any(char.IsControl) ? null : text;
    }

    // What curl --data-binary and browsers declare for want of better says nothing about the file.
    private static string? MediaTypeOf(MediaTypeHeaderValue? type) =>
        type?.MediaType.Value is { } name && name is not ("application/octet-stream" or "application/x-www-form-urlencoded") ? name.ToLowerInvariant() : null;

    // A client that is still sending reads no answer and loses it with the connection. So what it sends is taken and thrown away, up to a bound.
    private static async Task<UploadResult> TooLargeAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        var left = request.ContentLength > DrainedAtMost(maxBytes) ? 0 : DrainedAtMost(maxBytes);
        var buffer = new byte[64 * 1024];
        int count;
        while (left > 0 && (count = await request.Body.ReadAsync(buffer, cancellation)) > 0)
            left -= count;
        return TooLarge(maxBytes);
    }

    private static UploadResult.Refused TooLarge(int maxBytes) => new(Problems.TooLarge.With($"A report has at most {maxBytes} bytes."));

    private static UploadResult.Refused Invalid(string field, string detail) => new(Problems.InvalidParameter.With(detail, field));
}
