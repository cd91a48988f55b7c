using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>
/// The companies that a cover prints with their codes: ——工业富联（601138.SH）2026 年中报点评, 3017.TW 奇鋐 ── 散熱族群, a code on a line of its own below the
/// name. Lists of recommended stocks are left out.
/// </summary>
internal static partial class CoverNames
{
    private const int LongestLine = 90;

    public static IReadOnlyList<CoverName> Find(Masthead masthead) =>
        [.. masthead.Top.TakeWhile(line => line.Index == 0 || !Section().IsMatch(line.Raw)).Where(line => line.Text.Length <= LongestLine && !Stocks().IsMatch(line.Text)).SelectMany(line => In(line, masthead))];

    /// <summary>Whether the cover has the figures of one stock: its target, its close, its market value.</summary>
    public static bool HasFigures(Masthead masthead) => masthead.Top.Any(line => line.Text.Length <= LongestLine && StockFigure().IsMatch(line.Text));

    private static IEnumerable<CoverName> In(TextLine line, Masthead masthead)
    {
        var bracketed = Bracketed().Matches(line.Text);
        foreach (Match match in bracketed)
            yield return new CoverName(match.Groups["name"].Value.Trim(), match.Groups["code"].Value, match.Groups["bare"].Success || (match.Groups["code"].Value.All(char.IsAsciiDigit) && (match.Index > 0 || match.Groups["code"].Length is not (4 or 6))));
        if (bracketed.Count > 0)
            yield break;
        foreach (Match match in Bare().Matches(line.Text))
        {
            var (before, after) = (line.Text[..match.Index].Trim(), line.Text[(match.Index + match.Length)..].Trim());
            var name = NameAfter().Match(after) is { Success: true } next ? next.Groups["name"].Value
                : NameBefore().Match(before) is { Success: true } last ? last.Groups["name"].Value
                : before.Length == 0 && line.Index > 0 && Alone().IsMatch(masthead.Lines[line.Index - 1].Text) ? masthead.Lines[line.Index - 1].Text
                : null;
            yield return new CoverName(name, match.Value, IsBare: false);
        }
    }

    private const string Exchanges = "SH|SZ|BJ|HK|TW|TWO|TT|US|O|N|OQ|LN|L|JP|T|KS|KQ|GR|DE|FP|PA|NA|AS|SS|SP|IN|NS|AU|AX|CN|CH|SW|NO|ST";

    [GeneratedRegex(@"(?<name>[A-Z][\w.&'-]*(?: [\w.&'-]+){0,5}|[\u4E00-\u9FFFA-Za-z0-9·-]{2,16})\s?\((?<code>[0-9]{3,6}(?:[. ][A-Z]{2,3}|(?=\))|(?=,))|[0-9A-Z]{1,6}[. ](?:" + Exchanges + @")|(?:NASDAQ|NYSE|ASX|HKEX|LSE|TSE|TWSE|NSE|BSE|KOSDAQ|TSX|SIX|SZSE|SSE|STAR)[: ] ?[0-9A-Z]{1,6}|(?<bare>[A-Z]{2,5}))(?:\s?[,;/][^()]{0,48})?\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"(?<![\w.])(?:[0-9]{4,6}\.(?:SH|SZ|BJ|HK|TW|TWO|SS|T|KS|KQ)|[0-9]{3,6} (?:HK|TT|JP|KS|CH)|[A-Z]{2,5}\.(?:OQ|O|N|US|L|AS|PA|DE)|[A-Z]{2,5} (?:US|LN|GR|FP|IN|NA|SS|AU|SW))(?![\w.])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bare();

    [GeneratedRegex(@"^(?<name>[\u4E00-\u9FFF]{2,8}(?:-[A-Z]{1,2})?)(?=$|[^\u4E00-\u9FFF])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameAfter();

    [GeneratedRegex(@"(?:^|[ |·:,])(?<name>[\u4E00-\u9FFF]{2,8}(?<!代码)(?:-[A-Z]{1,2})?|(?!Bloomberg|Reuters|Ticker|RIC)[A-Z][\w&.'-]+(?: [A-Z][\w&.'-]+){0,3})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameBefore();

    [GeneratedRegex(@"^(?:[\u4E00-\u9FFF]{2,10}(?:-[A-Z]{1,2})?|[A-Z][\w&.'-]+(?: [A-Z&][\w&.'-]*){0,4})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Alone();

    // What is numbered or headed is no cover any more.
    [GeneratedRegex(@"^(?:##|[一二三四五]、|[1-9]\.\s)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"推荐|首选|关注|标的|涉及|股票池|受益|组合|覆盖公司|Top picks?|Stocks? (?:mentioned|covered)|Companies|Featured", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Stocks();

    [GeneratedRegex(@"^\W*(?:(?:12 ?个月|6 ?个月|合理)?目标价|收盘价|收市价|现价|股价|总?市值|(?:12-month )?Price target|Target price|TP\b|CMP\b|Market cap|Mkt cap|M\.Cap|(?:Share |Current |Closing )?Price\b)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex StockFigure();
}
