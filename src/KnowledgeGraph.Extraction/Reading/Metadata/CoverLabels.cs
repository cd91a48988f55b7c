using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>The sector that a report is about and its own rating of it, as the cover prints them.</summary>
internal static partial class CoverLabels
{
    public static string? Sector(Masthead masthead)
    {
        foreach (var line in masthead.Cover)
        {
            if (SectorLabel().Match(line.Text) is { Success: true } labelled)
            {
                return labelled.Groups["sector"].Value.Trim();
            }
        }

        foreach (var line in masthead.Cover)
        {
            if (SectorTitle().Match(line.Text) is { Success: true } title)
            {
                return title.Groups["sector"].Value.Trim();
            }
        }

        return Desk(masthead) ?? BesideRating(masthead);
    }

    /// <summary>The rating with its action in brackets: 优于大市（维持）, 买入（维持评级）; as printed where it is printed so.</summary>
    public static string? Rating(Masthead masthead)
    {
        string? bare = null;
        foreach (var line in masthead.Cover.Where(line => line.Text.Length <= 70 && !line.IsTableRow))
        {
            if (RatingLine().Match(line.Text) is not { Success: true } match)
            {
                continue;
            }

            var action = match.Groups["action"].Value.Trim();
            if (action.Length > 0)
            {
                var printed = line.Raw.Trim('*', ' ');
                return printed.Contains('（', StringComparison.Ordinal) && line.Text.StartsWith(match.Groups["rating"].Value, StringComparison.Ordinal) ? printed : $"{match.Groups["rating"].Value}（{action}）";
            }

            bare ??= match.Groups["rating"].Value;
        }

        return bare;
    }

    public static bool IsRating(string text) => text.Length <= 70 && RatingLine().IsMatch(text);

    /// <summary>策略 / TMT：names — the desk that signs the note.</summary>
    private static string? Desk(Masthead masthead)
    {
        foreach (var line in masthead.Lines.Take(8))
        {
            if (DeskLine().Match(line.Text) is { Success: true } desk && (line.Text.Contains("CE:", StringComparison.Ordinal) || line.Text.Contains('|', StringComparison.Ordinal)))
            {
                return desk.Groups["desk"].Value.Trim();
            }
        }

        return null;
    }

    /// <summary>A bare word right above or below the rating names the sector: 计算机 / 强于大市（维持）.</summary>
    private static string? BesideRating(Masthead masthead)
    {
        for (var i = 0; i < masthead.Cover.Count; i++)
        {
            if (masthead.Cover[i].Text.Length > 30 || !RatingLine().IsMatch(masthead.Cover[i].Text))
            {
                continue;
            }

            foreach (var neighbour in new[] { i - 1, i + 1 })
            {
                if (neighbour >= 0 && neighbour < masthead.Cover.Count && SectorWord().IsMatch(masthead.Cover[neighbour].Text) && !TitleFinder.IsLabel(masthead.Cover[neighbour].Text))
                {
                    return masthead.Cover[neighbour].Text;
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"^(?:行业|所属行业|板块|Sector|Industry)\s?:\s?(?<sector>[^|。;]{2,40}?)(?:\s?[|。;]|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SectorLabel();

    [GeneratedRegex(@"^(?<sector>[\u4E00-\u9FFFA-Z&与和]{2,12}?)行业(?:研究|周报|月报|日报|深度|专题|点评|动态|快报|策略|投资策略|报告|观察|\s?20\d{2})|^(?<sector>(?!The |This |Our |Your )[A-Z][\w&]*(?: [A-Z][\w&]*)?) (?:digest|weekly|sector|industry)\b|^(?<sector>[A-Z][\w& ]{2,40}?)\s?\|\s?(?:First Take|Equity Research|Research|Morning Note|Company Note|Sector Note|Flash Note|Industry)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SectorTitle();

    [GeneratedRegex(@"^(?<desk>[^::。]{2,24}):\s?[\u4E00-\u9FFFA-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DeskLine();

    [GeneratedRegex(@"^[\u4E00-\u9FFFA-Z&/、与和 ]{2,10}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SectorWord();

    [GeneratedRegex(@"^(?:[^—–|。]{2,40}?\s?[—–|]\s?)?(?:(?:投资|行业|公司|股票)?评级\s?:?\s?|Rating\s?:\s?|Recommendation\s?:\s?)?(?<rating>买入|增持|中性|减持|卖出|持有|推荐|强烈推荐|谨慎推荐|看好|强于大市|优于大市|同步大市|弱于大市|跑赢行业|跑赢大市|领先大市|超配|标配|低配|审慎增持|逢低买进|(?i:Strong Buy|Buy|Hold|Sell|Neutral|Overweight|Underweight|Equal[- ]?weight|Outperform|Underperform|Market Perform|Accumulate|Add|Reduce))\s?(?:[(·\-—–|,/]\s?(?<action>[^)]{1,14})\)?)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RatingLine();
}
