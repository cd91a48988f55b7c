using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KnowledgeGraph.Api.Exports.Parquet;

/// <summary>
/// Writes a flat table as Parquet to a stream that need not be seekable. Rows are gathered into groups of bounded size; a group is a chunk for
/// each column, a chunk one page: whether each value is there, in runs, then those that are, plain, all of it compressed by gzip. What every
/// group is made of is told at the end of the file, so that memory holds one group and some hundred bytes for each that was written.
/// Source: github.com/apache/parquet-format, README.md, Encodings.md and parquet.thrift.
/// </summary>
/// <param name="stream">Stays open.</param>
/// <param name="columns">The columns; a row has a value for each.</param>
/// <param name="rowsPerGroup">A group ends at so many rows, or at 16 MB.</param>
public sealed class ParquetWriter(Stream stream, IReadOnlyList<ParquetColumn> columns, int rowsPerGroup = 10_000)
{
    private const int BytesPerGroup = 16 << 20;
    private const int Plain = 0;
    private const int RunLengths = 3;
    private const int Gzip = 2;
    private const int Optional = 1;

    private static readonly byte[] Magic = "PAR1"u8.ToArray();

    private readonly List<Group> groups = [];
    private readonly Buffer[] buffers = [.. columns.Select(_ => new Buffer())];
    private int rows;
    private long written;

    /// <param name="row">A string, a long or a <see cref="DateTimeOffset"/> for each column, as its kind is; or null.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public async Task AddAsync(IReadOnlyList<object?> row, CancellationToken cancellation)
    {
        for (var i = 0; i < columns.Count; i++)
            buffers[i].Add(row[i]);
        rows++;
        if (rows >= rowsPerGroup || buffers.Sum(buffer => buffer.Values.Length) >= BytesPerGroup)
            await EndGroupAsync(cancellation);
    }

    /// <summary>Writes what is left and the footer. A file without it is none.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        if (rows > 0)
            await EndGroupAsync(cancellation);
        await BeginAsync(cancellation);
        var footer = Footer();
        await WriteAsync(footer, cancellation);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        await WriteAsync(length, cancellation);
        await WriteAsync(Magic, cancellation);
    }

    private async Task EndGroupAsync(CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        var chunks = new List<Chunk>();
        foreach (var buffer in buffers)
        {
            var page = buffer.Take();
            var compressed = Compressed(page);
            var header = PageHeader(rows, page.Length, compressed.Length);
            chunks.Add(new Chunk(written, header.Length + page.Length, header.Length + compressed.Length));
            await WriteAsync(header, cancellation);
            await WriteAsync(compressed, cancellation);
        }

        groups.Add(new Group(rows, chunks));
        rows = 0;
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        if (written == 0)
            await WriteAsync(Magic, cancellation);
    }

    private async Task WriteAsync(byte[] bytes, CancellationToken cancellation)
    {
        await stream.WriteAsync(bytes, cancellation);
        written += bytes.Length;
    }

    private static byte[] Compressed(byte[] page)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(page);
        return compressed.ToArray();
    }

    private static byte[] PageHeader(int values, int size, int compressedSize) => new CompactWriter()
        .Field(1, 0).Field(2, size).Field(3, compressedSize)
        .Field(5, data => data.Field(1, values).Field(2, Plain).Field(3, RunLengths).Field(4, RunLengths))
        .End().ToArray();

    private byte[] Footer() => new CompactWriter()
        .Field(1, 1)
        .Field(2, columns.Prepend(null).ToList(), SchemaElement)
        .Field(3, groups.Sum(group => (long)group.Rows))
        .Field(4, groups, (writer, group) => writer
            .Field(1, columns.Zip(group.Chunks).ToList(), (chunk, pair) => chunk
                .Field(2, pair.Second.Offset)
                .Field(3, data => ColumnMetadata(data, pair.First, pair.Second, group.Rows)))
            .Field(2, group.Chunks.Sum(chunk => chunk.Size))
            .Field(3, (long)group.Rows))
        .Field(6, "KnowledgeGraph")
        .End().ToArray();

    // The root, which is null here, then the columns.
    private void SchemaElement(CompactWriter writer, ParquetColumn? column)
    {
        if (column is null)
        {
            writer.Field(4, "rows").Field(5, columns.Count);
            return;
        }

        writer.Field(1, column.Type).Field(3, Optional).Field(4, column.Name);
        if (column.ConvertedType is { } converted)
            writer.Field(6, converted);
        // An older reader goes by the number above, and a newer one would then not know that the time is UTC.
        if (column.Kind == ParquetKind.Instant)
            writer.Field(10, logical => logical.Field(8, timestamp => timestamp.Flag(1).Field(2, unit => unit.Field(2, microseconds => { }))));
    }

    private static void ColumnMetadata(CompactWriter writer, ParquetColumn column, Chunk chunk, int rows) => writer
        .Field(1, column.Type).Field(2, [Plain, RunLengths]).Field(3, [column.Name]).Field(4, Gzip)
        .Field(5, (long)rows).Field(6, chunk.Size).Field(7, chunk.CompressedSize).Field(9, chunk.Offset);

    private sealed record Group(int Rows, IReadOnlyList<Chunk> Chunks);

    private sealed record Chunk(long Offset, long Size, long CompressedSize);

    /// <summary>The values of a column in the present group.</summary>
    private sealed class Buffer
    {
        private readonly MemoryStream levels = new();
        private bool isRunPresent;
        private ulong run;

        public MemoryStream Values { get; } = new();

        public void Add(object? value)
        {
            if (run > 0 && isRunPresent != value is not null)
                EndRun();
            isRunPresent = value is not null;
            run++;
            Span<byte> number = stackalloc byte[8];
            switch (value)
            {
                case null:
                    return;
                case string text:
                    var encoded = Encoding.UTF8.GetBytes(text);
                    BinaryPrimitives.WriteInt32LittleEndian(number, encoded.Length);
                    Values.Write(number[..4]);
                    Values.Write(encoded);
                    return;
                case DateTimeOffset instant:
                    BinaryPrimitives.WriteInt64LittleEndian(number, (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
                    break;
                default:
                    BinaryPrimitives.WriteInt64LittleEndian(number, (long)value);
                    break;
            }

            Values.Write(number);
        }

        /// <summary>The page; what comes after is of the next.</summary>
        public byte[] Take()
        {
            EndRun();
            var page = new byte[4 + levels.Length + Values.Length];
            BinaryPrimitives.WriteInt32LittleEndian(page, (int)levels.Length);
            levels.ToArray().CopyTo(page, 4);
            Values.ToArray().CopyTo(page, 4 + levels.Length);
            levels.SetLength(0);
            Values.SetLength(0);
            return page;
        }

        private void EndRun()
        {
            CompactWriter.Varint(levels, run << 1);
            levels.WriteByte(isRunPresent ? (byte)1 : (byte)0);
            run = 0;
        }
    }
}
