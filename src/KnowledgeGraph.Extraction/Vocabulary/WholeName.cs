namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>What a cell adds to a name: share class, ticker in brackets, legal form, the name again in the other language.</summary>
internal static class WholeName
{
    /// <summary>Share classes and legal forms, no names; longer ones before those that they end in.</summary>
    private static readonly string[] Suffixes =
    [
        "-SW", "-WP", "-W", "-S", "-P", "-B", "-A", "-R", "-U", "-UW", "-KW",
        " Incorporated", " Inc.", " Inc", " Corporation", " Corp.", " Corp", " Company", " Co., Ltd.", " Co.,Ltd.", " Co., Ltd", " Co. Ltd.", " Co.", " Ltd.", " Ltd",
        " Limited", " plc", " AG", " SE", " N.V.", " NV", " S.A.", " SA", " LLC", " Group", " Holdings", " Holding", " Technologies", " Technology",
        "股份有限公司", "有限责任公司", "有限公司", "研究所", "研究院", "研究部", "研究", "集团", "公司", "控股", "股份",
    ];

    /// <summary>The entries that the whole text names, by the lightest reading that fits any.</summary>
    public static IReadOnlyList<VocabularyEntry> Candidates(string text, Func<string, IReadOnlyList<VocabularyEntry>> lookup)
    {
        var name = text.Trim();
        for (var rest = name; rest.Length > 0;)
        {
            if (lookup(rest) is { Count: > 0 } found)
                return found;
            if (Bracketed(rest, lookup) is { Count: > 0 } bracketed)
                return bracketed;
            if (TwoNames(rest, lookup) is { Count: > 0 } both)
                return both;
            var suffix = Array.Find(Suffixes, each => rest.Length > each.Length && rest.EndsWith(each, StringComparison.OrdinalIgnoreCase));
            if (suffix is null)
                return [];
            rest = rest[..^suffix.Length].TrimEnd(' ', ',');
        }

        return [];
    }

    /// <summary>腾讯控股(0700.HK): the name decides, the bracket only where the name is not known.</summary>
    private static IReadOnlyList<VocabularyEntry> Bracketed(string text, Func<string, IReadOnlyList<VocabularyEntry>> lookup)
    {
        var open = text.LastIndexOfAny(['(', '（', '[']);
        if (open < 1 || text[^1] is not (')' or '）' or ']'))
            return [];
        var outer = Candidates(text[..open], lookup);
        return outer.Count > 0 ? outer : lookup(text[(open + 1)..^1].Trim());
    }

    /// <summary>腾讯 Tencent, 0700.HK 腾讯控股: two names of one entity.</summary>
    private static IReadOnlyList<VocabularyEntry> TwoNames(string text, Func<string, IReadOnlyList<VocabularyEntry>> lookup)
    {
        for (var i = text.IndexOfAny([' ', '/', '\n']); i > 0; i = text.IndexOfAny([' ', '/', '\n'], i + 1))
        {
            var second = lookup(text[(i + 1)..]);
            if (second.Count == 0)
                continue;
            var both = lookup(text[..i]).Intersect(second).ToList();
            if (both.Count > 0)
                return both;
        }

        return [];
    }
}
