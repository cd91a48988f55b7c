using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace KnowledgeGraph.Api.Views;

/// <summary>
/// Rows for PostgreSQL's binary COPY, which takes them for half of what an insert of arrays costs. What a row is made of is worked out here too,
/// on all cores: encoding is pure. Columns come in the order in which they are named; a column of a null is null.
/// </summary>
/// <remarks>Source of the format: PostgreSQL's manual, COPY, binary format; numeric: numeric_recv in numeric.c.</remarks>
public sealed class CopyRows
{
    private const int RowsAtOnce = 512;

    private const short NumericNegative = 0x4000;

    private const int TextType = 25;

    private const int IntType = 23;

    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] End = [0xff, 0xff];

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // Rented: arrays of this size would each be a large object, which only a full collection frees.
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int length;

    /// <summary>Writes rows into a table.</summary>
    /// <param name="transaction">That of the fold.</param>
    /// <param name="table">The table with the columns' names in brackets.</param>
    /// <param name="rows">In the order in which they are written.</param>
    /// <param name="encode">Begins a row and gives its columns; called on several threads.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task WriteAsync<T>(
        NpgsqlTransaction transaction, string table, IReadOnlyCollection<T> rows, Action<CopyRows, T> encode, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return;
        await using var copy = await transaction.Connection!.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", cancellation);
        try
        {
            await copy.WriteAsync(Header, cancellation);
            foreach (var part in Several.Select(rows.Chunk(RowsAtOnce), rows.Count > RowsAtOnce, chunk => Encode(chunk, encode)))
            {
                await copy.WriteAsync(part.bytes.AsMemory(0, part.length), cancellation);
                ArrayPool<byte>.Shared.Return(part.bytes);
            }

            await copy.WriteAsync(End, cancellation);
        }
        catch
        {
            // Or the end of the stream would hide what happened behind the server's complaint about half a row.
            await copy.CancelAsync();
            throw;
        }
    }

    public CopyRows Row(short columns) => Number(columns);

    public CopyRows Text(string? value)
    {
        if (value is null)
            return Null();
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var size = Encoding.UTF8.GetBytes(value, Take(4 + most).Slice(4, most));
        length -= most - size;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(length - size - 4), size);
        return this;
    }

    public CopyRows Uuid(Guid? value)
    {
        if (value is not { } id)
            return Null();
        Size(16);
        id.TryWriteBytes(Take(16), bigEndian: true, out _);
        return this;
    }

    public CopyRows Bigint(long value)
    {
        Size(8);
        BinaryPrimitives.WriteInt64BigEndian(Take(8), value);
        return this;
    }

    public CopyRows Int(int? value) => value is { } number ? Size(4).Number(number) : Null();

    public CopyRows Smallint(short value) => Size(2).Number(value);

    public CopyRows Boolean(bool value)
    {
        Size(1);
        Take(1)[0] = value ? (byte)1 : (byte)0;
        return this;
    }

    /// <summary>The greatest day is infinity and the least minus infinity, as Npgsql has it.</summary>
    public CopyRows Date(DateOnly? value) =>
        value is not { } day ? Null()
        : Size(4).Number(day == DateOnly.MaxValue ? int.MaxValue : day == DateOnly.MinValue ? int.MinValue : day.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber);

    public CopyRows Timestamp(DateTimeOffset value) => Bigint((value.UtcDateTime - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);

    public CopyRows Texts(IReadOnlyList<string> values)
    {
        var start = Array(TextType, values.Count);
        foreach (var value in values)
            Text(value);
        return EndArray(start);
    }

    public CopyRows Ints(IReadOnlyList<int> values)
    {
        var start = Array(IntType, values.Count);
        foreach (var value in values)
            Int(value);
        return EndArray(start);
    }

    /// <summary>A number with the digits after its point that it has.</summary>
    public CopyRows Numeric(decimal? value)
    {
        if (value is not { } number)
            return Null();
        short scale = number.Scale;
        // Groups of four digits to each side of the point; a decimal has at most 29.
        Span<short> groups = stackalloc short[16];
        var whole = decimal.Truncate(Math.Abs(number));
        var fraction = Math.Abs(number) - whole;
        var count = 0;
        for (; whole > 0; whole = decimal.Truncate(whole / 10_000))
            groups[count++] = (short)(whole % 10_000);
        groups[..count].Reverse();
        var weight = count - 1;
        for (var places = 0; places < scale; places += 4)
        {
            fraction *= 10_000;
            var group = decimal.Truncate(fraction);
            groups[count++] = (short)group;
            fraction -= group;
        }

        var first = 0;
        for (; first < count && groups[first] == 0; first++)
            weight--;
        while (count > first && groups[count - 1] == 0)
            count--;
        var digits = groups[first..count];
        Size(8 + (2 * digits.Length)).Number((short)digits.Length).Number((short)(digits.IsEmpty ? 0 : weight)).Number(number < 0 ? NumericNegative : (short)0).Number(scale);
        foreach (var digit in digits)
            Number(digit);
        return this;
    }

    private static CopyRows Encode<T>(IReadOnlyList<T> rows, Action<CopyRows, T> encode)
    {
        var part = new CopyRows();
        foreach (var row in rows)
            encode(part, row);
        return part;
    }

    // One dimension, no nulls, indexed from 1.
    private int Array(int elementType, int count)
    {
        var start = length;
        Number(0).Number(count == 0 ? 0 : 1).Number(0).Number(elementType);
        if (count > 0)
            Number(count).Number(1);
        return start;
    }

    private CopyRows EndArray(int start)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(start), length - start - 4);
        return this;
    }

    private CopyRows Null() => Number(-1);

    private CopyRows Size(int size) => Number(size);

    private CopyRows Number(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), value);
        return this;
    }

    private CopyRows Number(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), value);
        return this;
    }

    private Span<byte> Take(int size)
    {
        if (length + size > bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + size));
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        length += size;
        return bytes.AsSpan(length - size, size);
    }
}
