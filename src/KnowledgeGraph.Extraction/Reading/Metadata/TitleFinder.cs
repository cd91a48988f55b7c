using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>The headline of the report: the line of the cover that says something, its series before it where that names a period.</summary>
internal static partial class TitleFinder
{
    public static string? Find(Masthead masthead)
    {
        if (masthead.Declared is { } declared)
        {
            return declared;
        }

        var lines = masthead.Top.Where(IsCandidate).ToList();
        var best = lines.MaxBy(line => Score(masthead, line));
        if (best is null)
        {
            return masthead.Document.DeclaredTitle ?? masthead.Lines.FirstOrDefault()?.Raw;
        }

        var title = Clean(best);
        var after = masthead.Lines.Skip(best.Index + 1).FirstOrDefault();
        if (after is not null && after.Raw.StartsWith("——", StringComparison.Ordinal) && after.Text.Length < 60)
        {
            return title + after.Raw;
        }

        var series = masthead.Top.FirstOrDefault(line => line.Index < best.Index && line.Text.Length <= 40 && Series().IsMatch(line.Text));
        return series is null ? title : $"{Clean(series)}：{title}";
    }

    /// <summary>What a cover says of the kind of publication and not of this one: 证券研究报告, 行业周报, a rating, a date.</summary>
    public static bool IsLabel(string text)
    {
        var rest = text.Split('|', '·').Select(part => part.Trim());
        return rest.All(part => Label().IsMatch(part) || part.Length < 2);
    }

    private static bool IsCandidate(TextLine line) =>
        line.Text.Length is >= 4 and <= 120 && !line.IsTableRow && !IsLabel(line.Text) && !LayoutWords.IsAnalystLine(line.Key) && !LayoutWords.IsContact(line.Key) && !LayoutWords.IsFoot(line.Key)
            && !line.Text.Contains('@', StringComparison.Ordinal) && !line.Text.StartsWith("《", StringComparison.Ordinal) && LineShape.CaptionLabel(line.Raw) == 0
            && !line.Raw.StartsWith("——", StringComparison.Ordinal) && !LayoutWords.ContentHeadings.Contains(line.Key.TrimEnd(':')) && !LayoutWords.ContentsHeadings.Contains(line.Key)
            && !LayoutWords.RelatedHeadings.Contains(line.Key) && !line.Key.StartsWith("资料来源", StringComparison.Ordinal) && !line.Key.StartsWith("来源", StringComparison.Ordinal)
            && !IssueLine().IsMatch(line.Text) && !Particulars().IsMatch(line.Text)
            && !CalendarDates.Dates(line.Text).Any(date => date.Exact is not null && ((date.End - date.Start) * 2 > Clock().Replace(line.Text, "").Length || IsLabel(line.Text.Remove(date.Start, date.End - date.Start).Trim())));

    private static int Score(Masthead masthead, TextLine line)
    {
        var heading = line.Raw.StartsWith('#') ? LineShape.MarkerOf(line.Raw).Depth : 0;
        var block = masthead.Document.Blocks.FirstOrDefault(block => block.Start <= line.Start && line.Start < block.End);
        var isHeading = heading > 0 || block?.Kind == BlockKind.Heading;
        var score = heading is 1 or 2 ? 5 : isHeading && block?.Level == 1 ? 5 : 0;
        score += line.Text.AsSpan().IndexOfAny("，,;；：:—！？!?") > 0 ? 3 : 0;
        score += line.Text.Length is >= 10 and <= 70 ? 2 : 0;
        score -= LineShape.EndsSentence(line.Text) && line.Text[^1] is not ('?' or '!') ? 3 : 0;
        score -= SeriesOnly().IsMatch(line.Text) ? 4 : 0;
        score -= line.Text[^1] == ':' ? 4 : 0;
        score -= CoverLabels.IsRating(line.Text) ? 4 : 0;
        score -= Company().IsMatch(line.Text) ? 5 : 0;
        score -= line.Text.Contains('|', StringComparison.Ordinal) ? 3 : 0;
        score -= LineShape.MarkerOf(line.Raw).Sort is MarkerSort.Bullet or MarkerSort.Number or MarkerSort.Ideographic or MarkerSort.Section ? 4 : 0;
        score -= DecoyLines.IsContactText(line.Text) ? 6 : 0;
        return score;
    }

    private static string Clean(TextLine line)
    {
        var marker = LineShape.MarkerOf(line.Raw);
        return (marker.Sort == MarkerSort.Hash ? line.Raw[marker.Length..] : line.Raw).Trim().Trim('*', '#', ' ');
    }

    [GeneratedRegex(@"^(?:证券研究报告|研究报告|(?:行业|公司|策略|宏观|专题|深度|数据专题|产业)(?:研究|周报|月报|日报|报告|点评|动态|快报|深度|专题|专题研究|跟踪|简报|投资策略)|行业投资策略|[\u4E00-\u9FFFA-Z与&]{2,10}(?:行业研究|研究所|研究院|研究部|组|行业)|周报|日报|月报|晨报|晨会纪要|早报|快讯|简报|Equity Research|Research|Morning Note|First Take|Company (?:Note|Update)|Sector (?:Note|Update)|Flash Note|(?:买入|增持|中性|减持|优于大市|强于大市|弱于大市|推荐|看好)(?:\s?\([^)]*\))?|维持|首次|首次覆盖|(?:Buy|Hold|Sell|Overweight|Underweight|Neutral|Outperform)(?:\s?\([^)]*\))?|第?\d+期?)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"20\d{2}\s?年\s?\d{1,2}\s?月\s?份?\s?\S{0,6}(?:策略|月报|展望|观点)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Series();

    [GeneratedRegex(@"^(?:[\u4E00-\u9FFFA-Z ]{0,12}20\d{2}\s?年\s?\d{1,2}\s?月\s?份?\s?\S{0,6}(?:策略|月报|展望|观点)|[\u4E00-\u9FFFA-Za-z ]{2,12}(?:周观察|周报|日报|月报|周刊|观察|快讯|早报|晨报|行业研究))$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SeriesOnly();

    [GeneratedRegex(@"\s?\([一二三四五六日]\)|\s?(?:上午|下午|早上|晚间)?\s?\d{1,2}:\d{2}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Clock();

    // What a cover tells in a line of its own beside its title: who was there, when the fund began, what comes next.
    [GeneratedRegex(@"^(?:[QA问答]\d?|主持|主持人|嘉宾|与会|整理|记录|编辑|责任编辑|审稿|撰稿|联系|联系人|成立日|风险等级|项目负责人|评审委员会主任|会议时间|专家背景|专家|所属行业|产品|基金经理|(?:next event|portfolio managers?|benchmark|sector|fund size|launch date|editorial deadline|prepared by|guest|date of call|moderator|contacts?|source|price|market cap))\s?[:\t]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Particulars();

    [GeneratedRegex(@"^(?:总|第)\s?[\d-]+\s?期", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IssueLine();

    [GeneratedRegex(@"(?:有限公司|研究所|\bLtd\b|\bLimited\b|\bLLC\b)\s?\)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Company();
}
