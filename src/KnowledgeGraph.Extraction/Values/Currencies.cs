namespace KnowledgeGraph.Extraction.Values;

/// <summary>Currency signs and codes that stand before an amount.</summary>
internal static class Currencies
{
    // Longest first within one first character. The currency of ¥ and $ alone depends on the report's home: see Resolve.
    private static readonly (string Form, string Code)[] Prefixes =
    [
        ("US$", "USD"), ("U.S.$", "USD"), ("USD", "USD"), ("HK$", "HKD"), ("HKD", "HKD"), ("H$", "HKD"), ("NT$", "TWD"), ("NTD", "TWD"), ("TWD", "TWD"),
        ("T$", "TWD"), ("SEK", "SEK"), ("NOK", "NOK"), ("DKK", "DKK"), ("ILS", "ILS"), ("THB", "THB"), ("MYR", "MYR"), ("AED", "AED"), ("SAR", "SAR"), ("A$", "AUD"), ("AUD", "AUD"), ("S$", "SGD"), ("SGD", "SGD"), ("C$", "CAD"), ("CAD", "CAD"), ("R$", "BRL"),
        ("RMB", "CNY"), ("Rmb", "CNY"), ("CNY", "CNY"), ("CN¥", "CNY"), ("EUR", "EUR"), ("JPY", "JPY"), ("JP¥", "JPY"), ("KRW", "KRW"), ("Won", "KRW"), ("W", "W"), ("GBP", "GBP"), ("INR", "INR"),
        ("CHF", "CHF"), ("Rs.", "INR"), ("Rs", "INR"), ("人民币", "CNY"), ("港币", "HKD"), ("美金", "USD"), ("美元", "USD"), ("港元", "HKD"), ("新台币", "TWD"), ("台币", "TWD"),
        ("欧元", "EUR"), ("日元", "JPY"), ("日圆", "JPY"), ("韩元", "KRW"), ("英镑", "GBP"), ("$", "$"), ("¥", "¥"), ("￥", "¥"), ("€", "EUR"), ("£", "GBP"), ("₩", "KRW"), ("₹", "INR"), ("₽", "RUB"),
    ];

    private static readonly System.Buffers.SearchValues<char> FirstCharacters =
        System.Buffers.SearchValues.Create([.. Prefixes.Select(prefix => prefix.Form[0]).Distinct()]);

    /// <summary>The first currency that a caption or header names (美元/卡/小时, USD per 1M tokens), or null.</summary>
    public static string? StatedIn(string text, string home)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsAsciiLetter(text[at]) && at > 0 && char.IsAsciiLetter(text[at - 1]))
                continue;
            if (MatchPrefix(text, at, home) is var (code, _))
                return code;
            if (UnitTable.Match(text, at) is { Kind: UnitKind.Money } unit)
                return unit.Name ?? home;
        }

        return null;
    }

    /// <summary>The currency sign at <paramref name="at"/> and where it ends.</summary>
    public static (string Code, int End)? MatchPrefix(string text, int at, string home)
    {
        // 人民币兑美元 7.12 is a rate, not 7.12 dollars.
        if (at >= text.Length || !FirstCharacters.Contains(text[at]) || Scan.At(text, at - 1) is '兑')
            return null;
        foreach (var (form, code) in Prefixes)
        {
            // W21.4tn are won where nothing is glued before it.
            if (code == "W" && (Scan.IsWordAt(text, at - 1) || !Scan.IsDigitAt(text, at + 1)))
                continue;
            if (Scan.IsAt(text, at, form) && !(char.IsAsciiLetter(form[^1]) && Scan.IsLatinAt(text, at + form.Length)))
                return (Resolve(code, home), at + form.Length);
        }

        return null;
    }

    public static string Resolve(string code, string home) => code switch
    {
        "$" => "USD",
        "W" => "KRW",
        "¥" => home == "JPY" ? "JPY" : "CNY",
        _ => code,
    };
}
