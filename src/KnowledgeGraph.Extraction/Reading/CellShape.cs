using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>What a table's cell looks like: a figure, a period or unit of a header, a share's code.</summary>
internal static partial class CellShape
{
    public static bool IsFigure(ReadOnlySpan<char> cell) => cell.Length <= 40 && Figure().IsMatch(cell.Trim());

    public static bool IsPeriod(ReadOnlySpan<char> cell) => cell.Length <= 24 && Period().IsMatch(cell.Trim());

    public static bool IsTicker(ReadOnlySpan<char> cell) => cell.Length <= 16 && Ticker().IsMatch(cell.Trim());

    /// <summary>（亿元）, (x), US$m, %, bn: what a second header row says of its column.</summary>
    public static bool IsUnit(ReadOnlySpan<char> cell)
    {
        var trimmed = cell.Trim();
        return trimmed.Length is > 0 and <= 16 && (trimmed[0] is '（' or '(' || trimmed is "%" or "x" or "bn" or "mn" or "HK$" or "US$" or "US$m" or "US$bn" or "元" or "亿元" or "億元" or "百万元" or "倍" or "美元" or "港元");
    }

    [GeneratedRegex(@"^[(（]?[+\-−–▲▼]?\s?(?:[A-Z]{0,3}[$¥￥€£])?\s?[+\-−]?[\d０-９][\d０-９,，.]*\s?(?:%|％|x|X|倍|pct|pp|bps?|bn|mn|m|k|[万亿億]?(?:元|美元|港元)?|[万亿億兆])?[)）]?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"^(?:(?:FY|CY)?\s?(?:19|20)\d{2}\s?(?:年|财年|年度)?\s?[AEFaef]?|(?:FY|CY)?'?\d{2}[AEFaef]|(?:FY|CY)'?\d{2}[AEFaef]?|(?:FY|CY|C)?(?:\d{2,4})?\s?[QH]\d(?:[AEF]|FY?\d{2,4}|\s?\d{2,4})?[AEF]?|[1-4][QH]['’]?\d{2,4}[AEF]?|\d{1,2}[/月]\d{1,2}日?|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Period();

    [GeneratedRegex(@"^(?:\d{3,6}(?:[. ](?:HK|SH|SZ|BJ|TW|TWO|SS|KS|T|US))?|[A-Z]{1,6}(?:[. ](?:O|N|US|HK|OQ|A))?)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ticker();
}
