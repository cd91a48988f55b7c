using System.Collections.Frozen;
using System.Text;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>
/// Tells UTF-8, UTF-16, GB18030 and Big5 apart and decodes strictly: a byte that no encoding explains makes the file damaged, and so does
/// a text that decodes without an error into characters that nobody writes.
/// </summary>
internal static class TextDecoder
{
    // The most frequent characters of both scripts; about half of any Chinese text is made of them.
    private const string FrequentCharacters =
        "的一是不了人在有我他这中大来上个国和地到说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意"
        + "无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真"
        + "论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路"
        + "记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运股价亿元季增长率涨跌额研究证券模型智能芯片预计营收同比环投资风险"
        + "這來個國說時會對過發後裡種經麼現當沒動還進樣從實軍無與長機業將兩間問並應戰頭體見產製話給門員論處義幾認條氣題爾變總電數報結務場計統區隊決馬書則聽卻達強難權設記類據張該規萬覺術領確傳師觀讓識帶導爭運價億漲額證預營環資風險點關學東樓為開"
        + "，。、；：“”「」『』（）《》？！％　—…·";

    private static readonly FrozenSet<char> Frequent = FrequentCharacters.ToFrozenSet();

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text, or null and the reason for the caller in one sentence.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = null;
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            return DecodeUtf8(bytes[3..], 3, out fault);
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return DecodeUtf16(bytes[2..], bytes[0] == 0xFE, out fault);
        }

        if (bytes.Contains((byte)0))
        {
            return DecodeZeros(bytes, out fault);
        }

        var text = DecodeUtf8(bytes, 0, out fault);
        return text is null && !IsMostlyUtf8(bytes) ? DecodeDoubleByte(bytes, ref fault) : text;
    }

    private static string? DecodeUtf8(ReadOnlySpan<byte> bytes, int offset, out string? fault)
    {
        var bad = FirstBadUtf8(bytes);
        fault = bad < 0 ? null : $"The file is no valid UTF-8: byte {bad + offset} does not belong to any character.";
        return bad < 0 ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static int FirstBadUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[i..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return i;
            }

            i += length;
        }

        return -1;
    }

    /// <summary>Most bytes above ASCII form UTF-8 sequences: a damaged UTF-8 file, not one of another encoding.</summary>
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (good, high) = (0, 0);
        for (var i = 0; i < bytes.Length;)
        {
            var status = Rune.DecodeFromUtf8(bytes[i..], out _, out var length);
            var isHigh = bytes[i] >= 0x80;
            high += isHigh ? length : 0;
            good += isHigh && status == System.Buffers.OperationStatus.Done && length >= 3 ? length : 0;
            i += Math.Max(1, length);
        }

        return good * 5 > high * 3;
    }

    private static string? DecodeUtf16(ReadOnlySpan<byte> bytes, bool bigEndian, out string? fault)
    {
        fault = null;
        if (TryDecode(new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true), bytes, out var at) is { } text)
        {
            return text;
        }

        fault = $"The file is no valid UTF-16: byte {at + 2} does not belong to any character.";
        return null;
    }

    /// <summary>Zero bytes without a byte-order mark: UTF-16, or no text at all.</summary>
    private static string? DecodeZeros(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = "The file holds zero bytes: it is no text in an encoding that is read here.";
        if (bytes.Length % 2 != 0)
        {
            return null;
        }

        var zeros = (Even: 0, Odd: 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            zeros = bytes[i] != 0 ? zeros : i % 2 == 0 ? (zeros.Even + 1, zeros.Odd) : (zeros.Even, zeros.Odd + 1);
        }

        var text = TryDecode(new UnicodeEncoding(zeros.Even > zeros.Odd, byteOrderMark: false, throwOnInvalidBytes: true), bytes, out _);
        if (text is null || text.Contains('\0', StringComparison.Ordinal) || Plausibility(text) < 0.3)
        {
            return null;
        }

        fault = null;
        return text;
    }

    private static string? DecodeDoubleByte(ReadOnlySpan<byte> bytes, ref string? fault)
    {
        var simplified = TryDecode(Strict("gb18030"), bytes, out _);
        var traditional = TryDecode(Strict("big5"), bytes, out _);
        var (one, other) = (Plausibility(simplified), Plausibility(traditional));
        if (Math.Max(one, other) < 0.3)
        {
            fault = string.Concat(fault, " Neither GB18030 nor Big5 makes sense of it.");
            return null;
        }

        fault = null;
        return one >= other ? simplified : traditional;
    }

    private static Encoding Strict(string name) => Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes, out int at)
    {
        at = -1;
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException refused)
        {
            at = refused.Index;
            return null;
        }
    }

    /// <summary>Share of frequent characters among those beyond ASCII, from 0 to 1; characters that no text has weigh against it.</summary>
    private static double Plausibility(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        var (frequent, strange, all) = (0, 0, 0);
        foreach (var character in text)
        {
            if (character < 0x80)
            {
                strange += char.IsControl(character) && character is not ('\t' or '\n' or '\r' or '\f') ? 1 : 0;
                continue;
            }

            all++;
            frequent += Frequent.Contains(character) || character is >= '\uFF10' and <= '\uFF5A' ? 1 : 0;
            strange += character is (>= '\uE000' and <= '\uF8FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\uAC00' and <= '\uDFFF') or (>= '\u0080' and <= '\u009F') ? 1 : 0;
        }

        return all == 0 ? 1 : Math.Max(0, (double)(frequent - (3 * strange)) / all);
    }
}
