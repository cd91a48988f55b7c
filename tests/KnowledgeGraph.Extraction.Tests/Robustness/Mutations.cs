using System.Globalization;
using System.Text;

namespace KnowledgeGraph.Extraction.Tests.Robustness;

/// <summary>Damages a file the way transport, bad tools and bad luck do; the same seed gives the same damage.</summary>
internal static class Mutations
{
    // What parsers stumble over: marks that open something, scales and units that multiply, characters of no width or of two halves.
    private static readonly string[] Stumbles =
    [
        "(", "【", "“", "[", "](", "|", "\t", "**", "<table>", "<td colspan=9999>", "</div>", "&#x", "\0", "\ufeff", "\u200b", "\ud83d", "\udc00", "\r", "\f", "万亿", "亿亿", "同比增长", "预计", "分别", "、", "-", "—", "%", "$", "#", ">", "1e999",
        "99999999999999999999999999999999", "0.0000000000000000000000000001", "2026年13月45日", "FY9999Q9", "1Q", "GPT-", "英伟达", "NVDA.O", "资料来源：", "图表 1：",
    ];

    public static byte[] Of(byte[] original, int seed)
    {
        var random = new Random(seed);
        var bytes = original;
        for (var rounds = 1 + random.Next(4); rounds > 0; rounds--)
            bytes = bytes.Length == 0 ? original : Once(bytes, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random) => random.Next(11) switch
    {
        0 => Mistyped(bytes, random, 1 + random.Next(40)),
        1 => Flipped(bytes, random, bits: 1 + (bytes.Length / 50)),
        2 => bytes[..Place(bytes, random)],
        3 => bytes[Place(bytes, random)..],
        4 => Cut(bytes, random),
        5 => Swapped(bytes, random),
        6 => Repeated(bytes, random),
        7 => Inserted(bytes, random, Encoding.UTF8.GetBytes(Stumbles[random.Next(Stumbles.Length)])),
        8 => Inserted(bytes, random, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Stumbles[random.Next(Stumbles.Length)], 1 + random.Next(400))))),
        9 => WithoutLines(bytes, random),
        _ => Inserted(bytes, random, Encoding.UTF8.GetBytes(random.NextInt64().ToString(CultureInfo.InvariantCulture))),
    };

    private static byte[] Flipped(byte[] bytes, Random random, int bits)
    {
        var copy = bytes.ToArray();
        for (; bits > 0; bits--)
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    // Other ASCII characters in place of some: the text stays readable, its figures and marks do not mean what they did.
    private static byte[] Mistyped(byte[] bytes, Random random, int count)
    {
        var copy = bytes.ToArray();
        for (; count > 0; count--)
        {
            var at = random.Next(copy.Length);
            copy[at] = copy[at] < 0x80 ? (byte)random.Next(9, 0x7f) : copy[at];
        }

        return copy;
    }

    /// <summary>A place between two characters of UTF-8: elsewhere the reader refuses the text as damaged and nothing more is tried.</summary>
    private static int Place(byte[] bytes, Random random) => Boundary(bytes, random.Next(bytes.Length + 1));

    private static int Boundary(byte[] bytes, int at)
    {
        while (at < bytes.Length && (bytes[at] & 0xc0) == 0x80)
            at++;
        return at;
    }

    private static byte[] Cut(byte[] bytes, Random random)
    {
        var (from, to) = Stretch(bytes, random);
        return [.. bytes[..from], .. bytes[to..]];
    }

    private static byte[] Swapped(byte[] bytes, Random random)
    {
        var (from, to) = Stretch(bytes, random);
        var middle = Math.Min(to, Boundary(bytes, random.Next(from, to + 1)));
        return [.. bytes[..from], .. bytes[middle..to], .. bytes[from..middle], .. bytes[to..]];
    }

    private static byte[] Repeated(byte[] bytes, Random random)
    {
        var (from, to) = Stretch(bytes, random);
        var stretch = bytes[from..Math.Min(to, Boundary(bytes, Math.Min(from + 500, bytes.Length)))];
        return [.. bytes[..from], .. Enumerable.Repeat(stretch, 1 + random.Next(20)).SelectMany(each => each), .. bytes[from..]];
    }

    private static byte[] Inserted(byte[] bytes, Random random, byte[] what)
    {
        var at = Place(bytes, random);
        return [.. bytes[..at], .. what, .. bytes[at..]];
    }

    // All line breaks of a stretch gone: tables become prose, paragraphs one line.
    private static byte[] WithoutLines(byte[] bytes, Random random)
    {
        var (from, to) = Stretch(bytes, random);
        return [.. bytes[..from], .. bytes[from..to].Where(each => each != (byte)'\n'), .. bytes[to..]];
    }

    private static (int From, int To) Stretch(byte[] bytes, Random random)
    {
        var (a, b) = (Place(bytes, random), Place(bytes, random));
        return (Math.Min(a, b), Math.Max(a, b));
    }
}
