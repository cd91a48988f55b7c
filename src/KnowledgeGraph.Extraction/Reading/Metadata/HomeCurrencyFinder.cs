using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>
/// The currency of a bare amount: what the report declares, else that of the house's home as script, market words and the house's name show
/// it.
/// </summary>
internal static partial class HomeCurrencyFinder
{
    public static string Find(Masthead masthead, string? publisher)
    {
        var text = masthead.Document.Text;
        if (Declared(text) is { } declared)
        {
            return declared;
        }

        var (ideographs, traditional, latin) = Count(text);
        if (ideographs * 4 < latin)
        {
            return publisher is not null && IsHongKong(publisher) ? "HKD" : "USD";
        }

        var hongKong = HongKong().Count(text);
        if (traditional * 20 > ideographs)
        {
            return Taiwan().Count(text) >= hongKong ? "TWD" : "HKD";
        }

        var masthead_ = string.Join(' ', masthead.Lines.Take(8).Select(line => line.Text));
        return (publisher is not null && IsHongKong(publisher)) || HongKongHouse().IsMatch(masthead_) ? "HKD" : "CNY";
    }

    private static bool IsHongKong(string name) =>
        name.Contains("香港", StringComparison.Ordinal) || name.Contains("(HK)", StringComparison.OrdinalIgnoreCase) || name.Contains("Hong Kong", StringComparison.OrdinalIgnoreCase);

    private static string? Declared(string text)
    {
        if (Declaration().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var currency = match.Groups["currency"].Value;
        return currency switch
        {
            "人民币" or "人民幣" or "RMB" or "CNY" => "CNY",
            "港元" or "港币" or "港幣" or "HKD" or "HK$" => "HKD",
            "新台币" or "新台幣" or "新臺幣" or "TWD" or "NT$" => "TWD",
            _ => "USD",
        };
    }

    private static (int Ideographs, int Traditional, int Latin) Count(string text)
    {
        var counts = (Ideographs: 0, Traditional: 0, Latin: 0);
        foreach (var character in text)
        {
            if (character is >= '\u4E00' and <= '\u9FFF')
            {
                counts.Ideographs++;
                counts.Traditional += Folding.ToSimplified(character) != character ? 1 : 0;
            }
            else if (char.IsAsciiLetter(character))
            {
                counts.Latin++;
            }
        }

        return counts;
    }

    [GeneratedRegex(@"(?:货币单位|貨幣單位|币种|幣別|如无特别说明|除特别说明外?|除另有说明外?|如無特別說明|除特別說明外?|除另有說明外?|未注明币种|未註明幣別|unless otherwise (?:stated|noted|specified))[^。\n]{0,20}?(?<currency>人民币|人民幣|港元|港币|港幣|美元|新台币|新台幣|新臺幣|RMB|CNY|HKD|HK\$|USD|US\$|TWD|NT\$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"港元|港股|恒生|恆生|恒指|恆指|港交所|聯交所|HK\$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HongKong();

    [GeneratedRegex(@"新台幣|新臺幣|台股|臺股|台灣|臺灣|台北|臺北|台積電|臺積電|法說會|加權指數|NT\$|投顧|外資|億元", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Taiwan();

    [GeneratedRegex(@"\(香港\)|\(HK\)|Hong Kong", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex HongKongHouse();
}
