using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>The sector that a report is about and its own rating of it, as the cover prints them.</summary>
internal static partial class CoverLabels
{
    public static string? Sector(Masthead masthead)
    {
        foreach (var segment in masthead.Cover.SelectMany(line => Segments(line.Text)))
        {
            if (SectorLabel().Match(segment) is { Success: true } labelled)
            {
                return labelled.Groups["sector"].Value.Trim();
            }
        }

        if (Ratings(masthead).Select(rating => rating.Sector).OfType<string>().FirstOrDefault() is { } rated)
        {
            return rated;
        }

        // 衡陆证券研究所·通信与计算设备组, 泰岳证券研究所 计算机团队: the desk that signs it.
        foreach (var line in masthead.Cover)
        {
            if (Team().Match(line.Text) is { Success: true } team)
            {
                return team.Groups["sector"].Value;
            }
        }

        foreach (var line in masthead.Cover)
        {
            if (SectorTitle().Match(line.Text) is { Success: true } title)
            {
                return title.Groups["sector"].Value.Trim();
            }
        }

        return Kicker(masthead) ?? Desk(masthead) ?? Team(masthead) ?? BesideRating(masthead);
    }

    /// <summary>The rating with its action in brackets: 优于大市（维持）, 买入（维持评级）; as printed where it is printed so.</summary>
    public static string? Rating(Masthead masthead)
    {
        var ratings = Ratings(masthead).ToList();
        return (ratings.Find(rating => rating.Action.Length > 0) ?? ratings.FirstOrDefault())?.Printed;
    }

    public static bool IsRating(string text) => text.Length <= 70 && Read(text, text) is not null;

    private sealed record CoverRating(string Printed, string Action, string? Sector);

    private static IEnumerable<CoverRating> Ratings(Masthead masthead) =>
        from line in masthead.Cover
        where line.Text.Length <= 120 && !Legend().IsMatch(line.Text)
        from segment in line.IsTableRow ? Row(line) : Segments(line.Text)
        where segment.Length <= 70
        let rating = Read(segment, line.Raw)
        where rating is not null
        select rating;

    // One line may say several things: 投资评级：推荐（维持）　行业：人工智能, 值班：某某 | TMT行业评级：看好.
    private static IEnumerable<string> Segments(string text) => SegmentCut().Split(Labelled().Replace(text, "${label}:")).Select(segment => segment.Trim()).Where(segment => segment.Length > 0);

    // A box of label and value; rows of more cells are a table of many companies.
    private static IEnumerable<string> Row(TextLine line) =>
        line.Raw.Trim('|', ' ').Split('\t', '|') is [var label, var value] ? [$"{Text.Folding.Fold(label).Trim('*', ' ')}:{Text.Folding.Fold(value).Trim('*', ' ')}"] : [];

    private static CoverRating? Read(string segment, string raw)
    {
        // Sector stance: Overweight (unchanged) — European AI infrastructure
        var dash = RatedField().Match(segment);
        segment = dash.Success ? segment[..dash.Index].TrimEnd() : segment;
        if (RatingEnd().Match(segment) is not { Success: true } match)
            return null;
        var (word, action) = (match.Groups["rating"].Value, match.Groups["action"].Value.Trim());
        var head = segment[..match.Index].TrimEnd();
        var sector = dash.Success ? dash.Groups["field"].Value.Trim() : null;
        // Before the rating: nothing, its label, or the sector with the label on either side; what ends in a dash names the report.
        if (head.Length > 0 && head[^1] is not ('—' or '–' or '|'))
        {
            if (RatingLabel().Match(head) is not { Success: true } label)
                return null;
            sector ??= SectorOf(label.Groups["before"].Value) ?? SectorOf(label.Groups["after"].Value);
        }

        // 领先大市-A: what is no action is a grade within the rating.
        var isAction = Action().IsMatch(action);
        string Printed(string folded) => TextLine.Printed(raw, folded) ?? folded;
        var printed = isAction ? $"{Printed(word)}（{Printed(action)}）" : action.Length == 0 ? Printed(word) : match.Value;
        return new CoverRating(printed, isAction ? action : "", sector);
    }

    private static string? SectorOf(string text)
    {
        var name = text.Trim(' ', ',', ':', '-');
        name = name.EndsWith("行业", StringComparison.Ordinal) || name.EndsWith("产业", StringComparison.Ordinal) || name.EndsWith("板块", StringComparison.Ordinal) ? name[..^2] : name;
        return name.Length < 2 ? null : name;
    }

    /// <summary>证券研究报告 · 行业周报 · 电子, 传媒互联网｜AI应用周报: beside the kind of the report stands the field that it is on.</summary>
    private static string? Kicker(Masthead masthead)
    {
        foreach (var line in masthead.Top.Take(6).Where(line => line.Text.Length <= 60))
        {
            var parts = line.Text.Split('|', '·').Select(part => part.Trim()).ToList();
            if (parts.Count < 2 || !parts.Exists(part => Kind().IsMatch(part)))
            {
                continue;
            }

            if (parts.Find(part => SectorWord().IsMatch(part) && !Kind().IsMatch(part) && !TitleFinder.IsLabel(part) && !House().IsMatch(part)) is { } sector)
            {
                return sector;
            }
        }

        return null;
    }

    /// <summary>策略 / TMT：names — the desk that signs the note.</summary>
    private static string? Desk(Masthead masthead)
    {
        foreach (var line in masthead.Lines.Take(8))
        {
            if (DeskLine().Match(line.Text) is { Success: true } desk && !LayoutWords.IsAnalystLine(line.Key) && (line.Text.Contains("CE:", StringComparison.Ordinal) || line.Text.Contains('|', StringComparison.Ordinal)))
            {
                return desk.Groups["desk"].Value.Trim();
            }
        }

        return null;
    }

    /// <summary>计算机与通信组 · 产业周刊: the team that writes is of its field.</summary>
    private static string? Team(Masthead masthead) =>
        masthead.Top.Take(6).SelectMany(line => line.Text.Split('|', '·', ' ')).Select(part => TeamName().Match(part.Trim())).FirstOrDefault(match => match.Success)?.Groups["sector"].Value;

    /// <summary>A bare word right above or below the rating names the sector: 计算机 / 强于大市（维持）.</summary>
    private static string? BesideRating(Masthead masthead)
    {
        for (var i = 0; i < masthead.Cover.Count; i++)
        {
            if (masthead.Cover[i].Text.Length > 30 || !IsRating(masthead.Cover[i].Text))
            {
                continue;
            }

            foreach (var neighbour in new[] { i - 1, i + 1 })
            {
                if (neighbour >= 0 && neighbour < masthead.Cover.Count && SectorWord().IsMatch(masthead.Cover[neighbour].Text) && !LayoutWords.ContentHeadings.Contains(masthead.Cover[neighbour].Key) && !GuideWords().IsMatch(masthead.Cover[neighbour].Text) && !TitleFinder.IsLabel(masthead.Cover[neighbour].Text))
                {
                    return masthead.Cover[neighbour].Text;
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"(?:证券|投顾|国际|资本|研究所|研究院|研究部|研究中心)\s?[·•|丨/\-— ]\s?(?<sector>[\u4E00-\u9FFFA-Z&]{2,12}?)(?:行业)?(?:研究)?(?:团队|小组|组)(?:\s|$|[|*])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Team();

    [GeneratedRegex(@"^(?:行业|所属行业|板块|Sector|Industry)\s?:\s?(?<sector>[^|。;]{2,40}?)(?:\s?[|。;]|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SectorLabel();

    [GeneratedRegex(@"^(?:——?)?(?<sector>[\u4E00-\u9FFFA-Z&与和]{2,12}?)(?:行业|产业)(?:研究|周报|月报|日报|晨报|晨讯|早报|周刊|深度|专题|点评|动态|快报|策略|投资策略|报告|观察|\s?20\d{2})|^(?<sector>(?!The |This |Our |Your )[A-Z][\w&]*(?: [A-Z][\w&]*)?) (?:digest|weekly|sector|industry)\b|^(?<sector>[A-Z][\w& ]{2,40}?)\s?\|\s?(?:First Take|Equity Research|Research|Morning Note|Company Note|Sector Note|Flash Note|Industry)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SectorTitle();

    [GeneratedRegex(@"(?:周报|月报|日报|周刊|晨报|快报|点评|深度|研究报告|专题)(?:\s?\(.{1,12}\))?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Kind();

    [GeneratedRegex("证券|研究所|研究院|研究部|投顾|期货|资本|编辑", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex House();

    [GeneratedRegex("^[一二三四五六七八九十]、|导读|摘要|要点|目录|观点|提要|速览|焦点|纪要|概览", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GuideWords();

    [GeneratedRegex(@"^(?<sector>[\u4E00-\u9FFF]{2,4}(?:[与和、/&][\u4E00-\u9FFF]{2,6}){0,2}|[\u4E00-\u9FFF]{2,4})(?:研究组|行业组|团队|组)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TeamName();

    [GeneratedRegex(@"^(?<desk>[^::。]{2,24}):\s?[\u4E00-\u9FFFA-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DeskLine();

    [GeneratedRegex(@"^[\u4E00-\u9FFFA-Z&/、与和 ]{2,10}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SectorWord();

    [GeneratedRegex(@"(?<=\))\s?[—–-]\s(?<field>[A-Z][\w&,' -]{2,50})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RatedField();

    // What explains the ratings: 买入——未来 6 个月跑赢 15% 以上.
    [GeneratedRegex(@"未来|潜在|跑赢基准|相对.{0,12}(?:指数|涨幅|幅)|以上|≥|>\s?\d|±|—\s?预期|预期报酬|总报酬|回报|total return|relative to|expected to|定义", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Legend();

    [GeneratedRegex(@"(?<label>(?:投资|行业|公司|股票)?评[级等]|(?:Stock |Our )?(?:Rating|Recommendation))(?:\s+(?=[\u4E00-\u9FFFA-Z])|(?<=[级等])\s*$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Labelled();

    [GeneratedRegex(@"维持|首次|首予|上调|下调|调升|调降|调高|调低|重申|新评|覆盖|关注|不变|恢复|由|自|unchanged|maintain|reiterat|initiat|upgrad|downgrad|raised|lowered|cut|from|was|prior|new|resum|评级", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Action();

    [GeneratedRegex(@"\s?\|\s?(?!维持|首次|上调|下调)|\s(?=[\u4E00-\u9FFF]{2,8}:)|\s(?=(?:Prior|Previous|Old)\s?:)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SegmentCut();

    [GeneratedRegex(@"[「『“""]?(?<![\u4E00-\u9FFFA-Za-z])(?<rating>买入|买进|强力买进|强烈买进|增持|加码|中性|中立|减持|减码|卖出|持有|推荐|强烈推荐|谨慎推荐|审慎推荐|看好|看淡|看空|积极|正面|强于大市|强于大盘|增加持股|谨慎增持|具吸引力|跟随大市|优于大市|优于大盘|同步大市|同步大盘|弱于大市|弱于大盘|落后大市|落后大盘|劣于大盘|跑赢行业|跑赢大市|跑赢大盘|跑输大市|领先大市|与大市同步|区间操作|逢低布局|逢低买进|收集|无评级|超配|标配|低配|审慎增持|(?i:Strong Buy|Buy|Hold|Sell|Neutral|Overweight|Underweight|Equal[- ]?weight|Outperform|Underperform|Market[- ]Perform|Sector Perform|Peer Perform|Accumulate|Add|Reduce|Positive|Negative|Cautious|Constructive|Attractive|In[- ]Line|Bullish))[」』”""]?\s?(?:[(·\-—–|,/]\s?(?<action>[^)]{1,14})\)?)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RatingEnd();

    [GeneratedRegex(@"^(?<before>[^:|。]{0,40}?)(?:(?:投资|行业|公司|股票|产业|板块)?(?:评级|评等)|(?:(?:Sector|Industry|Stock|Our|Investment) )?(?i:rating|view|stance|recommendation|call))\s?(?::(?<after>[^:|。]{0,40}))?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RatingLabel();
}
