using System.Text;

namespace KnowledgeGraph.Api.Exports.Parquet;

/// <summary>
/// Thrift's compact protocol, as far as Parquet's metadata need it: structs of flags, integers, texts, structs and lists. A field is written as its
/// distance from the one before, so that the fields of a struct come in rising order.
/// Source: thrift.apache.org, doc/specs/thrift-compact-protocol.md.
/// </summary>
internal sealed class CompactWriter
{
    private const byte True = 1;
    private const byte Int32 = 5;
    private const byte Int64 = 6;
    private const byte Binary = 8;
    private const byte List = 9;
    private const byte Struct = 12;

    private readonly MemoryStream bytes = new();
    private int last;

    public byte[] ToArray() => bytes.ToArray();

    public CompactWriter Field(int id, int value)
    {
        Header(id, Int32);
        ZigZag(value);
        return this;
    }

    public CompactWriter Field(int id, long value)
    {
        Header(id, Int64);
        ZigZag(value);
        return this;
    }

    /// <summary>A boolean that is true.</summary>
    public CompactWriter Flag(int id)
    {
        Header(id, True);
        return this;
    }

    public CompactWriter Field(int id, string value)
    {
        Header(id, Binary);
        Text(value);
        return this;
    }

    public CompactWriter Field(int id, Action<CompactWriter> members)
    {
        Header(id, Struct);
        return Nested(members);
    }

    public CompactWriter Field(int id, IReadOnlyCollection<int> values) => Items(id, Int32, values, value => ZigZag(value));

    public CompactWriter Field(int id, IReadOnlyCollection<string> values) => Items(id, Binary, values, Text);

    public CompactWriter Field<T>(int id, IReadOnlyCollection<T> values, Action<CompactWriter, T> members) =>
        Items(id, Struct, values, value => Nested(writer => members(writer, value)));

    /// <summary>Ends the outermost struct.</summary>
    public CompactWriter End()
    {
        bytes.WriteByte(0);
        return this;
    }

    /// <summary>A number of seven bits a byte, the lowest first.</summary>
    public static void Varint(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }

    private CompactWriter Items<T>(int id, byte type, IReadOnlyCollection<T> values, Action<T> write)
    {
        Header(id, List);
        bytes.WriteByte((byte)((Math.Min(values.Count, 15) << 4) | type));
        if (values.Count >= 15)
            Varint(bytes, (ulong)values.Count);
        foreach (var value in values)
            write(value);
        return this;
    }

    private CompactWriter Nested(Action<CompactWriter> members)
    {
        var outer = last;
        last = 0;
        members(this);
        last = outer;
        return End();
    }

    private void Header(int id, byte type)
    {
        bytes.WriteByte((byte)(((id - last) << 4) | type));
        last = id;
    }

    private void ZigZag(long value) => Varint(bytes, (ulong)((value << 1) ^ (value >> 63)));

    private void Text(string value)
    {
        var encoded = Encoding.UTF8.GetBytes(value);
        Varint(bytes, (ulong)encoded.Length);
        bytes.Write(encoded);
    }
}
