using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Against what a growth rate is measured.</summary>
public enum GrowthBasis
{
    Year,
    Quarter,
    Month,

    /// <summary>The words do not say (涨幅 29%).</summary>
    Unstated,
}

/// <summary>A signed growth rate in percent, with what it is measured against (同比下降 55% -> Year, -55).</summary>
public sealed record Growth(int Start, int End, GrowthBasis Basis, decimal Percent, Bound? Bound) : Annotation(Start, End)
{
    /// <summary>The other end of a range (季增 8% 至 13%), signed as the first.</summary>
    public decimal? High { get; init; }
}

/// <summary>The market's expectation for the figure before it (市场预期为 786.72 亿美元).</summary>
public sealed record Consensus(int Start, int End, decimal Amount) : Annotation(Start, End);

/// <summary>The figure of the period before (上年同期为 440.62 亿美元).</summary>
public sealed record Previous(int Start, int End, decimal Amount) : Annotation(Start, End);

/// <summary>What the house itself had expected of the figure before it (against our $93.5bn, 我们原先预计 91 亿元): no figure of the company.</summary>
public sealed record OwnEstimate(int Start, int End) : Annotation(Start, End);

/// <summary>Phase 3b: values and the words beside them become modifiers of a figure, which the rules of every type then share.</summary>
public static class Composites
{
    private static readonly string[] Year = ["同比", "按年", "较上年同期", "较去年同期", "比上年同期", "比去年同期", "比上年", "比去年", "较上年", "较去年", "与去年同期相比", "较去年同月", "比去年同月", "较去年同季", "比去年同季", "较前一年同期", "比前一年同期", "较前一年同月", "比前一年同月", "较上一年同期", "比上一年同期", "较一年前", "比一年前", "与前一年同期相比", "与一年前相比", "与上年同期相比", "相较去年同期", "同增", "同降", "年增", "年减", "年成长", "年升", "年跌", "年涨", "年增率", "年衰退", "YoY", "y/y", "y-y", "yoy", "year-on-year", "year-over-year", "year on year", "year over year", "last year's", "last year", "the year-ago level", "the year-ago figure", "the year-earlier level", "the year-earlier figure", "the prior-year figure", "the prior-year level", "than twelve months before", "than twelve months earlier", "than 12 months earlier", "than a year before", "than last year", "than the year before", "than the prior year", "than in the same quarter last year", "than in the same period last year", "than in the year-ago quarter", "than in the year-earlier quarter", "from the year-ago quarter", "from the year-earlier quarter", "from the year-earlier period", "from the same quarter last year", "from the same quarter a year earlier", "from the same quarter of last year", "from the same period a year earlier", "from twelve months earlier", "from twelve months ago", "on a year ago", "on a year earlier", "on last year", "on the prior year", "on the year before", "over last year", "over the prior year", "against a year earlier", "against a year ago", "against last year", "against the prior year", "versus last year", "versus the prior year", "versus a year earlier", "vs a year ago", "vs last year", "compared with last year", "compared with the prior year", "compared with a year ago", "compared to a year ago", "compared with the same period last year", "compared with the same quarter last year", "in annual terms", "in year-on-year terms", "from the comparable quarter", "from the comparable period", "from its level a year ago", "from a year earlier", "from a year ago", "from a year before", "than a year earlier", "than a year ago", "on-year", "on year", "on the year", "from the year-ago period", "from the same period last year", "from the prior year", "from last year", "compared with a year earlier", "versus a year ago", "over the year", "annually"];
    private static readonly string[] Quarter = ["环比", "按季", "季增", "季减", "季成长", "季升", "季跌", "季涨", "季衰退", "较上季", "较前季", "比上季", "比前季", "较前一季", "较上一季", "较上季度", "比上季度", "比上一季度", "比前一季度", "较上一季度", "较前一季度", "QoQ", "q/q", "qoq", "quarter-on-quarter", "quarter-over-quarter", "sequentially", "quarter on quarter", "sequential", "on-quarter", "on quarter", "on the quarter", "from three months earlier", "from three months ago", "than three months earlier", "than in the previous quarter", "than in the prior quarter", "than the previous quarter", "than the prior quarter", "on the previous quarter", "on the prior quarter", "over the previous quarter", "over the prior quarter", "versus the previous quarter", "versus the prior quarter", "compared with the previous quarter", "compared with the prior quarter", "from last quarter", "than last quarter", "quarter to quarter", "from the quarter before", "than the quarter before", "from the previous quarter", "from the prior quarter", "from the preceding quarter", "from a quarter earlier"];
    private static readonly string[] Month = ["月增", "月减", "月成长", "月升", "月跌", "月涨", "较上月", "较前月", "较上个月", "较前一个月", "比上月", "比上个月", "按月", "MoM", "m/m", "month-on-month", "month-over-month", "month on month", "on-month", "on month", "from the previous month", "from a month earlier"];
    private static readonly string[] Down = ["下降", "下滑", "减少", "降低", "跌", "下跌", "回落", "降价", "下调", "调降", "调低", "下修", "砍价", "减", "降", "下挫", "走低", "滑落", "衰退", "暴跌", "大跌", "急跌", "急挫", "跳水", "回吐", "回调", "跌去", "下探", "收跌", "减幅", "降低了", "缩减", "萎缩", "降幅", "年减", "季减", "月减", "重挫", "小跌", "拉回", "挫", "泻", "泄", "lost", "shed", "retreated", "eased", "slipped", "plunged", "sagged", "fallen", "contracted", "shrank", "weaker", "cut", "gave back", "gave up", "slumped", "tumbled", "sank", "down", "fell", "declined", "decreased", "dropped", "lower", "slid", "decline", "drop", "decrease", "off", "softened", "trimmed", "微减", "微降", "微跌", "续减", "续降", "续跌", "锐减", "骤减", "骤降", "缩水", "急减", "急降", "狂泻", "急泻", "再泻", "重跌", "走跌", "收低", "收黑", "下行", "掉", "摔", "回档", "走软", "松动", "蒸发", "便宜", "砍", "砍去", "砍掉", "直落", "滑", "再挫", "再跌", "失去", "倒退", "走弱", "转跌", "跌落", "翻黑", "tanked", "cratered", "skidded", "stumbled", "dipped", "shaved off", "pulled back", "backed off", "faded", "falls", "drops", "slips", "loses", "sheds", "slides", "falling", "dropping", "slipping", "losing", "shedding", "sliding", "tumbling", "gives back", "giving back", "cheaper"];
    private static readonly string[] Up = ["增长", "上升", "增加", "成长", "增速", "增长率", "成长率", "同比增速", "提高", "走扬", "劲增", "劲升", "骤增", "暴增", "猛增", "跃升", "大涨", "急升", "急涨", "飙涨", "反弹", "回升", "弹升", "收涨", "扬升", "扬", "多赚", "多出", "高出", "走强", "拉升", "提升", "上涨", "增", "升", "涨", "涨价", "上调", "调升", "调高", "上修", "小涨", "增幅", "激增", "大增", "飙升", "年增", "季增", "月增", "劲扬", "走高", "攀升", "added", "advanced", "expanded", "soared", "leapt", "leaped", "rallying", "rebounded", "firmed", "ticked up", "risen", "grown", "rising", "grow", "rise", "expand", "climb", "stronger", "rallied", "up", "rose", "grew", "increased", "gained", "climbed", "higher", "jumped", "surged", "growth", "increase", "growing", "急增", "陡增", "续增", "微增", "微升", "微涨", "倍升", "飙增", "劲增", "扩张", "swelled", "ballooned", "accelerated", "冲高", "大弹", "再弹", "弹", "喷", "狂飙", "飙", "飙高", "劲弹", "急弹", "暴涨", "猛涨", "跳涨", "跳升", "收红", "收高", "走升", "上行", "上浮", "再添", "抬升", "提价", "加价", "调涨", "累涨", "提了", "转涨", "翻红", "贵", "tacked on", "put on", "puts on", "vaulted", "vaulting", "spiked", "popped", "ripped", "bounced", "edged up", "edged higher", "inched up", "inched higher", "ran up", "gains", "rises", "climbs", "jumps", "adds", "surges", "soars", "leaps", "advances", "gaining", "adding", "climbing", "jumping", "surging", "soaring", "rallies", "dearer", "pricier"];
    private static readonly string[] Approximate = ["整整", "足足", "近", "约", "大约", "将近", "接近", "超", "超过", "逾", "达", "达到", "高达", "为", "小幅", "大幅", "微", "仅", "幅度", "了", "录得", "实现", "继续", "再", "均", "亦", "合计", "累计", "同样", "则", "高于", "有", "显著", "明显", "强劲", "略", "轻微", "略微", "另", "至少", "介于", "至", "by", "a further", "another", "as much as", "at least", "up to", "just", "only", "slightly", "sharply", "modestly", "about", "nearly", "almost", "roughly", "around", "over", "more than", "some", "an", "a", "of"];
    private static readonly string[] Doubled = ["翻倍", "翻番", "翻一番", "翻了一番", "翻了一倍", "倍增", "doubled", "doubling", "doubles", "double"];
    private static readonly string[] Tripled = ["tripled", "trebled", "tripling", "triples", "more than tripled", "more than tripling", "more than trebled", "nearly tripled", "almost tripled"];
    private static readonly string[] MoreThanDoubled = ["逾一倍", "超一倍", "超过一倍", "一倍以上", "倍增以上", "more than doubled", "more than doubling"];

    private static readonly Pattern Direction = Alt(Lit(Down).As("down"), Lit(Up).As("up"));

    // 比去年同期多 2 成: only behind what it is compared with do these tell a direction (最高 20% does not).
    private static readonly Pattern Comparative = Alt(Direction, Lit("少", "低", "缩小", "收窄").As("down"), Lit("多", "高", "扩大").As("up"));

    private static readonly Pattern Rate = Alt(
        Ann<PercentValue>("percent", p => !p.IsPoints), Lit(MoreThanDoubled).As("doubled"), Lit(Doubled).As("doubled"), Lit(Tripled).As("tripled"), Ann<MultipleValue>("times"));

    private static Pattern Basis(string name) => Alt(Lit("同比", "按年", "年增率", "年增").As(name + "-year"), Lit("环比", "按季", "季增率", "季增").As(name + "-quarter"), Lit("月增率", "月增", "按月").As(name + "-month"));

    // up by a third, down a quarter, half as much again: English fractions.
    private static readonly (string Word, decimal Percent)[] Fractions =
    [
        ("a tenth", 10), ("a fifth", 20), ("a quarter", 25), ("a third", 33.3m), ("a half", 50), ("half", 50), ("two-fifths", 40), ("two fifths", 40), ("two-thirds", 66.7m), ("two thirds", 66.7m), ("three-quarters", 75), ("three quarters", 75), ("three-fifths", 60), ("four-fifths", 80), ("an eighth", 12.5m), ("a sixth", 16.7m),
    ];

    private static readonly Pattern ByFraction = Seq(Direction, Lit("by"), Opt(Lit("about", "nearly", "almost", "roughly", "around", "over", "more than", "just over", "some")), Lit([.. Fractions.Select(fraction => fraction.Word)]).As("fraction"));

    private static readonly string[] Flat = ["基本持平", "大致持平", "大体持平", "约持平", "持平", "flat", "roughly flat", "broadly flat", "unchanged"];

    private static readonly Pattern Filler = Opt(Lit(Approximate), Opt(Lit(Approximate), Opt(Lit(Approximate))));

    // 同比增长 85% · 同比+14.41% · 同比小幅下降约 1% · 按年跌4% · up 85% year over year · +12.8% YoY
    private static readonly Pattern BasisFirst = Seq(
        Alt(Lit(Year).As("year"), Lit(Quarter).As("quarter"), Lit(Month).As("month")), Opt(Lit("相比", ",")), Filler, Opt(Comparative), Filler, Rate);

    // 较 6 月下滑 4.1% · 比一季度的 275 亿元增加三成: what it is compared with is a period by name; a year, a quarter or a month decides the basis.
    private static readonly Pattern Compared = Seq(
        Lit("较", "比", "相比", "相较", "相较于", "与", "compared with", "versus", "from"), Ann<PeriodValue>("base"), Opt(Lit("同期", "同月", "同季").As("same")), Opt(Lit("末", "底")), Opt(Opt(Lit("的")), Ann<MoneyValue>()), Opt(Lit("相比", ",")), Filler, Comparative, Filler, Rate);

    // 31% more than in 1Q25 · up 12% from the first quarter: English names what it is compared with last.
    private static readonly Pattern ComparedLast = Seq(
        Alt(Seq(Direction, Filler, Rate), Seq(Rate, Alt(Lit("more", "higher", "above", "up").As("up"), Lit("less", "lower", "fewer", "below", "down").As("down")))),
        Lit("than in", "than", "from", "versus", "vs", "vs.", "compared with", "compared to", "on", "over", "against"), Opt(Lit("the")), Ann<PeriodValue>("base", p => !p.Label.Contains('/', StringComparison.Ordinal)));

    // 是去年同期的 5 倍 · 2.8 times the level of a year ago: one time less is the growth.
    private static readonly Pattern TimesBase = Alt(
        Seq(Alt(Lit("去年同期", "上年同期", "去年同月", "上年同月", "去年同季", "上年同季", "前一年同期", "上一年同期", "一年前").As("year"), Lit("上季", "上季度", "上一季", "上一季度", "前一季", "前一季度").As("quarter"), Lit("上月", "上个月", "前一月", "前一个月").As("month")), Lit("的"), Opt(Lit("约", "近", "逾", "超过", "超")), Ann<MultipleValue>("multiple", m => m.Times > 0)),
        Seq(Ann<MultipleValue>("multiple", m => m.Times > 0), Opt(Lit("the")), Opt(Lit("level", "figure", "number", "total", "volume", "amount", "size")), Opt(Lit("of", "that of", "as much as", "as many as", "what it was", "what they were", "seen", "in")), Opt(Lit("the same")), Lit("a year ago", "a year earlier", "a year before", "last year", "the year-ago period", "the year-ago quarter", "period last year", "quarter last year").As("year")));

    // Only English puts the basis last: in 同比增长 92%，环比增长 21% the 92% is not the quarter's.
    private static readonly Pattern BasisLast = Seq(
        Opt(Direction), Filler, Rate, Opt(Alt(Direction, Lit("more", "above").As("up"), Lit("less", "fewer", "below").As("down"))), Opt(Lit("(")), Alt(Lit(Latin(Year)).As("year"), Lit(Latin(Quarter)).As("quarter"), Lit(Latin(Month)).As("month")));

    // 同比、环比分别增长 64.9% 和 13.4%; 月增、年增各为 3% 与 20%: two bases, then their rates in turn.
    private static readonly Pattern InTurn = Seq(
        Alt(Seq(Basis("one"), Lit("、", "和", "及", "与", "/", "以及"), Basis("two")), Lit("同环比", "同、环比").As("both")),
        Opt(Lit("分别", "各", "依次")), Opt(Lit("为", "达", "录得")), Opt(Alt(Lit(Down).As("down"), Lit(Up).As("up"))), Filler, Ann<PercentValue>("first", p => !p.IsPoints),
        Lit("、", "和", "及", "与", "/", "以及", ",", "，"), Opt(Alt(Lit(Down).As("down2"), Lit(Up).As("up2"))), Filler, Ann<PercentValue>("second", p => !p.IsPoints));

    // 38% 的同比增速 · 一成的按年升幅
    private static readonly Pattern BasisInside = Seq(
        Rate, Opt(Lit("的")), Alt(Lit("同比", "按年").As("year"), Lit("环比", "按季").As("quarter"), Lit("按月").As("month")), Alt(Lit("降幅", "跌幅", "减幅", "下滑", "下降").As("down"), Lit("升幅", "涨幅", "增幅", "增速", "增长", "成长").As("up")));

    // 按季持平 · 同比基本持平 · flat year-on-year
    private static readonly Pattern Level = Alt(
        Seq(Alt(Lit(Year).As("year"), Lit(Quarter).As("quarter"), Lit(Month).As("month")), Opt(Lit(Approximate)), Lit(Flat).As("flat")),
        Seq(Lit(Flat).As("flat"), Opt(Lit("与", "较")), Alt(Lit(Year).As("year"), Lit(Quarter).As("quarter"), Lit(Month).As("month"))),
        Lit([.. Flat.Where(word => word != "unchanged")]).As("flat"));

    // 20% quarter-on-quarter and 85% year-on-year growth are rare; (+39.67%) after a figure is the common bare form.
    private static readonly Pattern Bare = Alt(
        Seq(Lit("("), Ann<PercentValue>("percent", p => !p.IsPoints && p.IsSigned), Lit(")")),
        Seq(Rate, Alt(Lit("lower", "down", "cheaper", "off").As("down"), Lit("higher", "up", "dearer", "pricier", "more expensive").As("up"))),
        Seq(Rate, Opt(Lit("的")), Alt(Lit("decline", "drop", "fall", "decrease", "slump", "slide", "降幅", "跌幅", "减幅").As("down"), Lit("advance", "jump", "gain", "rise", "increase", "surge", "climb", "leap", "growth", "expansion", "升幅", "涨幅", "增幅", "增速", "增长率", "成长率").As("up"))),
        Seq(Direction, Filler, Rate));

    // 打八折, 半价, halved: what is left says what was taken off.
    private static readonly (string Word, int Off)[] Discounts =
    [
        ("打九折", 10), ("打八折", 20), ("打七折", 30), ("打六折", 40), ("打五折", 50), ("打对折", 50), ("打四折", 60), ("打三折", 70), ("打两折", 80), ("打二折", 80), ("打一折", 90), ("的九折", 10), ("的八折", 20), ("的七折", 30), ("的六折", 40), ("的五折", 50), ("的四折", 60), ("的三折", 70), ("的两折", 80), ("的二折", 80), ("的一折", 90),
        ("半价", 50), ("腰斩", 50), ("减半", 50), ("砍半", 50), ("对折", 50), ("halved", 50), ("halves", 50), ("halving", 50), ("cut in half", 50), ("half price", 50), ("half off", 50),
    ];

    private static readonly Pattern Discounted = Lit([.. Discounts.Select(discount => discount.Word)]);

    private static readonly Pattern Expected = Seq(
        Alt(
            Seq(Lit("市场", "分析师", "市场一致", "一致", "此前"), Gap(4, "。,"), Lit("预期", "预估", "预测", "预计")),
            Seq(Lit("市场", "分析师", "彭博", "路透", "卖方", "外资", "法人", "万得", "Wind", "FactSet", "LSEG", "FnGuide").As("whose"), Gap(4, "。,"), Lit("预期", "预估", "预测", "预计", "均值", "共识", "中值", "中位数", "估", "料", "等的是", "要的是", "期待的是", "期待")),
            Seq(Lit("(", ";"), Opt(Lit("vs", "vs.", "versus", "against")), Lit("LSEG", "FactSet", "FnGuide", "Visible Alpha", "Bloomberg", "Refinitiv", "BBG", "Street", "cons", "cons.", "consensus", "est", "est.", "IBES"), Opt(Lit("consensus", "cons", "cons.", "mean", "est", "est.")), Opt(Lit(":", "at", "of"))),
            Seq(Lit("analysts", "the market", "the Street", "the buy side", "investors", "sell side", "the sell side"), Lit("had wanted", "wanted", "had expected", "had looked for", "was looking for", "were looking for", "was camped at", "had been at", "was at", "were at", "is at", "are at", "sat at", "sits at", "stood at", "stands at", "had", "has", "expected", "looked for", "had pencilled in", "had penciled in")),
            Lit("彭博一致预期", "一致预期", "预期的", "市场共识", "法人共识", "分析师共识", "外资共识", "consensus", "expectations", "estimates", "the Street", "the Street's", "Street's", "Wall Street's", "Street at", "analysts expected", "analysts' estimate")),
        Gap(8, "。,;"), Alt(Ann<MoneyValue>("amount"), Ann<PercentValue>("percent")));

    // against $1.93 expected · versus the 12% that analysts had forecast · (vs. $4.1bn consensus)
    private static readonly Pattern ExpectedLast = Seq(
        Lit("against", "vs", "vs.", "versus", "compared with", "compared to", "undershot", "undershooting", "overshot", "trailed", "trailing", "clearing", "cleared", "behind", "exceeding", "ahead of", "above", "below", "short of", "shy of", "better than", "over", "under", "beat", "beating", "topped", "topping", "missed", "missing"), Opt(Lit("the", "a")),
        Alt(Ann<MoneyValue>("amount"), Ann<PercentValue>("percent", p => !p.IsPoints)),
        Opt(Lit("that", "which")), Opt(Lit("analysts", "the Street", "Wall Street", "investors", "the market")), Opt(Lit("had", "was", "were")), Lit("LSEG SmartEstimate", "SmartEstimate", "LSEG consensus", "LSEG mean", "FnGuide mean", "Fnguide mean", "FnGuide consensus", "Street mean", "Street", "Street consensus", "Bloomberg consensus", "FactSet consensus", "FactSet mean", "Visible Alpha mean", "Visible Alpha consensus", "mean", "st", "cons", "cons.", "in the LSEG poll", "in LSEG's poll", "in the Bloomberg poll", "in the Bloomberg survey", "in the Reuters poll", "in the FactSet poll", "in the Visible Alpha poll", "in the company-compiled consensus", "in the poll", "LSEG poll", "Bloomberg poll", "the Street had", "the Street was at", "Street estimate", "Street number", "sell-side mean", "analyst mean", "expected", "consensus", "forecast", "estimated", "pencilled in", "penciled in", "est", "est.", "estimate", "looked for", "anticipated"));

    private static readonly Pattern YearBefore = Seq(
        Lit("上年同期", "去年同期", "上一年同期", "去年同季", "上年同季", "去年同月", "上年同月", "前一年同期", "上年度", "上一年度", "前一年度", "去年同期仅", "一年前", "一年前的这个时候", "三个月前", "半年前", "a year earlier", "a year ago", "year-ago", "上季为", "上季度为", "前一季为", "前季为", "上一季为", "上月为", "前一年为"), Gap(8, "。,;"), Alt(Ann<MoneyValue>("amount"), Ann<PercentValue>("percent", p => !p.IsPoints && !p.IsSigned)));

    // (3Q25: US$146m) · (2025: 4.6%): right behind a figure, what it was in a period before.
    private static readonly Pattern Bracketed = Seq(
        Alt(Ann<MoneyValue>(), Ann<PercentValue>(), Ann<PeriodValue>()), Lit("(").As("from"), Opt(Lit("vs", "vs.", "versus", "from", "against")), Ann<PeriodValue>("base"), Opt(Lit("同期")), Opt(Lit(":", "at", "was", "为")), Alt(Ann<MoneyValue>("amount"), Ann<PercentValue>("percent", p => !p.IsPoints && !p.IsSigned)));

    private static readonly Pattern Former = Alt(Ann<MoneyValue>("amount"), Ann<PercentValue>("percent", p => !p.IsPoints), Ann<QuantityValue>("quantity"));

    // against 6.3% in 2Q25 · versus $24.2bn for the second quarter: the period says that it was before.
    private static readonly Pattern OfPeriodBefore = Seq(
        Lit("against", "versus", "vs", "vs.", "compared with", "compared to", "up from", "down from", "from", "having been", "较", "对比"), Opt(Lit("the", "a")), Former, Lit("in", "for", "of"), Opt(Lit("the same quarter of", "the same period of", "the same three months of", "the corresponding quarter of", "the corresponding period of", "the same half of", "the")), Ann<PeriodValue>("base"));

    // against $24.2bn a year ago · from 38% in the year-ago quarter
    private static readonly Pattern YearBeforeLast = Seq(
        Lit("against", "versus", "vs", "vs.", "compared with", "compared to", "from", "up from", "down from", "having been", "more than double the", "double the", "triple the", "more than three times the", "more than twice the"), Former, Lit("of the year before", "of a year before", "of a year ago", "three months earlier", "three months before", "three months previously", "a year previously", "twelve months ago", "12 months ago", "12 months earlier", "six months ago", "a quarter ago", "last quarter", "last time", "at the last count", "the quarter before", "in the quarter before", "the previous quarter", "in the corresponding quarter", "in the corresponding period", "in the comparable quarter", "in the comparable period", "in the year-earlier quarter", "in the year-earlier period", "in the year-before quarter", "three months ago", "a quarter earlier", "in the prior quarter", "in the previous quarter", "twelve months earlier", "twelve months before", "six months earlier", "a year ago", "a year earlier", "a year before", "the year before", "in the year-ago quarter", "in the year-ago period", "in the prior-year quarter", "in the prior-year period", "in the same quarter last year", "in the same period last year", "last year", "the previous year", "the prior year"));

    // 从每股 0.01 美元上调至 0.25 美元 · 由 2.4 万张提升至 4 万张: the figure that another replaces.
    private static readonly Pattern Replaced = Seq(
        Lit("从", "由", "自", "from"), Gap(4, "。,;"), Former, Gap(6, "。,;"), Lit("上调至", "下调至", "提高至", "提升至", "增至", "增加至", "升至", "降至", "下降至", "上升至", "上调为", "上调到", "下调为", "下调到", "调升至", "调升为", "调升到", "调高至", "调高为", "调高到", "上修至", "上修为", "上修到", "下修至", "下修为", "下修到", "调降至", "调降为", "调降到", "拉高到", "拉高至", "提升到", "提高到", "升到", "降到", "改为", "扩大到", "扩大至", "增加到", "提高为", "提升为", "上升到", "攀升至", "攀升到", "跃升至", "回升至", "回升到", "下滑至", "滑落至", "减至", "减少至", "缩减至", "收窄至", "扩至", "扩充至", "抬升至", "拉升至", "拉升到", "推升至", "推高到", "推高至", "扩张至", "扩张到", "爬升到", "爬升至", "跃升到", "滑落到", "缩减到", "压低到", "压低至", "回落到", "回落至", "跌到", "跌至", "涨到", "涨至", "追加到", "追加至", "加码到", "加码至", "调整为", "调整到", "调整至", "微调到", "微调至", "爬到", "爬至", "拉到", "提到", "抬到", "抬高到", "抬高至", "加到", "加至", "扩增为", "扩增至", "倍增为", "倍增至", "推到", "改口", "改口为", "调到", "调至", "抬升到", "压到", "压至", "下探至", "抬至", "跃至", "跳升至", "冲到", "冲上", "修正至", "修正为", "至", "到", "to"));

    // to $8.10 from $7.65 · 至 120 元（原 105 元）
    private static readonly Pattern ReplacedLast = Seq(
        Alt(Ann<MoneyValue>("new"), Ann<PercentValue>("new")), Opt(Lit("(", ",", "，")), Opt(Lit("up", "down")), Seq(Lit("from", "was", "原为", "原先", "原先为", "原先预估", "原先估", "原预估", "原估", "原预期", "原", "先前为", "先前预估", "先前", "原计划", "原定", "原目标", "此前给的是", "此前定为", "此前说的是", "原来是", "上次给的是", "旧值", "此前为", "此前预计", "此前", "前值", "前次为", "前次", "previously", "prior", "vs prior"), Opt(Lit("目标价", "预测", "预期", "guidance of", "of", "的")), Alt(Ann<MoneyValue>("amount"), Ann<PercentValue>("percent", p => !p.IsPoints && !p.IsSigned))).As("from"));

    // 目标原是 850 亿
    private static readonly Pattern WasBefore = Seq(Lit("原是", "原为", "原本是", "原本为", "原来是", "原先是", "原定是", "本来是"), Opt(Lit("约")), Former);

    // $1.78bn ($2.15bn before)
    private static readonly Pattern FormerLast = Seq(
        Alt(Ann<MoneyValue>(), Ann<PercentValue>()), Seq(Lit("(", ","), Former, Lit("before", "previously", "prior", "earlier", "formerly")).As("from"));

    private static readonly Pattern FromBefore = Seq(
        Lit("versus", "compared with", "compared to", "up from", "down from", "较前值"), Gap(4, "。,;"), Ann<MoneyValue>("amount"));

    // now plans on $75bn, where in March it had said $65bn: what was said before is replaced.
    private static readonly Pattern SaidBefore = Seq(
        Lit("had said", "having previously said", "having said", "having guided to", "having guided for", "previously said", "had previously said", "had previously guided to", "it used to say", "used to say", "used to guide to", "used to expect", "used to look for", "used to be", "previously guided to", "previously expected", "the earlier range was", "the old guide was", "the prior guide was", "the previous guide was", "the old forecast was", "the prior target was", "the previous target was", "had guided to", "had guided for", "had guided", "had planned", "had planned on", "had expected", "had forecast", "had been looking for", "the old range was", "the previous range was", "the prior range was", "the old target was", "its old range was", "we were at", "we had been at", "we were previously at", "previous guidance of", "prior guidance of", "earlier guidance of", "previous forecast of", "earlier forecast of", "原先预估", "原本预估", "先前预估", "此前指引", "此前指引为", "前次指引", "上次指引"),
        Opt(Lit("for", "of", "the", "为", "的", "about", "roughly")), Ann<MoneyValue>("amount"));

    // against our $93.5bn · we had 43.5%
    private static readonly Pattern Own = Seq(
        Alt(Seq(Lit("against", "versus", "vs", "vs.", "above", "below", "beat", "beating", "ahead of", "short of", "missed"), Lit("our")), Lit("we had", "we were looking for", "we had looked for", "our estimate was", "our estimate of", "高于我们的", "低于我们的", "我们此前预计", "我们此前预测", "我们原先预计", "我们原先预估", "比本行预测的", "优于我们预估的", "优于我们预期的", "低于我们预估的", "高于本行预测的", "低于本行预测的")),
        Opt(Lit("estimate of", "forecast of", "of", "at", "的", "为")), Alt(Ann<MoneyValue>(), Ann<PercentValue>(null, p => !p.IsPoints)));

    /// <param name="sentence">With its values.</param>
    /// <param name="today">The report's date: what lies three quarters or more before it is the base of a year's growth.</param>
    public static IEnumerable<Annotation> Find(Sentence sentence, DateOnly? today)
    {
        var turns = InTurn.In(sentence).SelectMany(match => Turns(match, sentence)).ToList();
        foreach (var growth in turns)
            yield return growth;
        var based = BasisFirst.In(sentence).Concat(BasisLast.In(sentence).Where(match => !OpensNextRate(sentence, match.End))).Concat(BasisInside.In(sentence).Where(match => !OpensNextRate(sentence, match.End))).Select(match => ToGrowth(match, sentence, today)).Concat(TimesBase.In(sentence).Select(ToMultiple)).Where(growth => !turns.Exists(turn => turn.Start < growth.End && growth.Start < turn.End)).ToList();
        foreach (var growth in based)
            yield return growth;
        based.AddRange(turns);
        foreach (var growth in Compared.In(sentence).Concat(ComparedLast.In(sentence)).Where(match => !based.Exists(b => b.Start < match.End && match.Start < b.End)).Select(match => ToGrowth(match, sentence, today)).ToList())
        {
            based.Add(growth);
            yield return growth;
        }

        // The Street sat at $393.1mn and we were at $396.0mn: beside the market's expectation the house's is none that it replaces.
        var isBesideStreet = Expected.In(sentence).Count > 0;
        foreach (var own in isBesideStreet ? Own.In(sentence).Concat(SaidBefore.In(sentence).Where(said => sentence.Has("we", said.Start, out _))) : Own.In(sentence))
            yield return new OwnEstimate(own.Start, own.End);
        foreach (var fraction in ByFraction.In(sentence))
        {
            var word = fraction.Get<Span>("fraction");
            var size = Array.Find(Fractions, known => sentence.Slice(word).Equals(known.Word, StringComparison.OrdinalIgnoreCase)).Percent;
            yield return new Growth(fraction.Start, fraction.End, GrowthBasis.Unstated, fraction.Find<Span>("down") is null ? size : -size, Bound.Approx);
        }

        foreach (var level in Level.In(sentence))
            yield return ToGrowth(level, sentence, today);
        foreach (var growth in Bare.In(sentence).Select(match => ToGrowth(match, sentence, today)).Where(bare => !based.Any(b => b.Start < bare.End && bare.Start < b.End)))
            yield return growth;
        foreach (var discount in Discounted.In(sentence))
            yield return new Growth(discount.Start, discount.End, GrowthBasis.Unstated, -Array.Find(Discounts, known => sentence.Slice(discount.Start, discount.End).Equals(known.Word, StringComparison.OrdinalIgnoreCase)).Off, null);
        // 较市场预期高 1%: a distance to the expectation is not what was expected.
        foreach (var match in Expected.In(sentence).Concat(ExpectedLast.In(sentence)).Where(match => (match.Find<Span>("whose") is null || !sentence.Within<Mention>(match.Start, match.End).Any(m => m.Kind == "metric")) && (match.Find<PercentValue>("percent") is not { } percent || !sentence.Contains(["高", "低", "超", "多", "少", "above", "below", "by"], match.Start + 1, percent.Start))))
            yield return new Consensus(match.Start, match.End, match.Find<MoneyValue>("amount")?.Amount ?? match.Get<PercentValue>("percent").Percent);
        // 较上年同期增长 85% tells a growth and no figure of the year before.
        // So does what a growth ends with: up 25% from a year ago and 3% from June.
        var before = YearBefore.In(sentence).Where(match => !based.Exists(growth => growth.Start < match.End && match.Start < growth.End) && (match.Find<PercentValue>("percent") is not { } percent || !sentence.Contains([.. Up, .. Down], match.Start, percent.Start)));
        foreach (var match in before.Concat(YearBeforeLast.In(sentence)).Concat(FromBefore.In(sentence)).Concat(Replaced.In(sentence)).Concat(SaidBefore.In(sentence).Where(said => !isBesideStreet || !sentence.Has("we", said.Start, out _))))
            yield return new Previous(match.Start, match.End, Size(match));
        foreach (var match in ReplacedLast.In(sentence).Where(IsOfOneKind).Concat(WasBefore.In(sentence)).Concat(FormerLast.In(sentence)).Concat(Bracketed.In(sentence).Concat(OfPeriodBefore.In(sentence)).Where(match => match.Get<PeriodValue>("base") is { LastDay: { } last } && last < today || match.Get<PeriodValue>("base") is { LastDay: null, IsFiscal: true })))
            yield return new Previous(match.Find<Span>("from")?.Start ?? match.Start, match.End, Size(match));
    }

    // Revenue of $15.8bn was 12% higher: money replaces money.
    private static bool IsOfOneKind(PatternMatch match) => match.Find<MoneyValue>("new") is not null == match.Find<MoneyValue>("amount") is not null;

    private static IEnumerable<Growth> Turns(PatternMatch match, Sentence sentence)
    {
        GrowthBasis Of(string name) => match.Find<Span>(name + "-year") is not null ? GrowthBasis.Year : match.Find<Span>(name + "-quarter") is not null ? GrowthBasis.Quarter : GrowthBasis.Month;
        var (first, second) = (match.Get<PercentValue>("first"), match.Get<PercentValue>("second"));
        var isBoth = match.Find<Span>("both") is not null;
        var isDown = match.Find<Span>("down") is not null;
        var isSecondDown = match.Find<Span>("down2") is not null || (isDown && match.Find<Span>("up2") is null);
        yield return new Growth(match.Start, first.End, isBoth ? GrowthBasis.Year : Of("one"), isDown ? -Math.Abs(first.Percent) : first.Percent, first.Bound);
        yield return new Growth(first.End, second.End, isBoth ? GrowthBasis.Quarter : Of("two"), isSecondDown ? -Math.Abs(second.Percent) : second.Percent, second.Bound);
    }

    private static decimal Size(PatternMatch match) =>
        match.Find<MoneyValue>("amount")?.Amount ?? match.Find<PercentValue>("percent")?.Percent ?? match.Get<QuantityValue>("quantity").Amount;

    // 较去年 8 月: the same month of the year before.
    private static GrowthBasis BasisOf(Sentence sentence, PeriodValue before, DateOnly? today) => sentence.Contains(["去年", "上年", "last year"], before.Start, before.End) || before.LastDay?.AddDays(300) < today ? GrowthBasis.Year : before.Label switch
    {
        [_, _, _, _] or ['F', 'Y', _, _, _, _] => GrowthBasis.Year,
        [.., 'Q', _] => GrowthBasis.Quarter,
        [_, _, _, _, '-', >= '0' and <= '1', _] => GrowthBasis.Month,
        _ => GrowthBasis.Unstated,
    };

    private static string[] Latin(string[] words) => [.. words.Where(word => char.IsAscii(word[0]))];

    // 毛利率 58.6%，季减 0.2 个百分点: the basis belongs to the rate behind it.
    private static bool OpensNextRate(Sentence sentence, int end) =>
        sentence.All<PercentValue>().Any(p => p.Start >= end && p.Start <= end + 6 && sentence.Slice(end, p.Start).IndexOfAny([',', ';', ')', '、', '(']) < 0);

    private static Growth ToMultiple(PatternMatch match)
    {
        var multiple = match.Get<MultipleValue>("multiple");
        var basis = match.Find<Span>("year") is not null ? GrowthBasis.Year : match.Find<Span>("quarter") is not null ? GrowthBasis.Quarter : GrowthBasis.Month;
        return new Growth(match.Start, match.End, basis, (multiple.Times - 1) * 100, multiple.Bound);
    }

    // 增长 3 倍 is so much more; 翻两番, quadrupled, a fourfold increase say to how much.
    private static decimal Increase(Sentence sentence, MultipleValue times) =>
        (sentence.Passage.Text[times.Start] == '翻' || char.IsAsciiLetter(sentence.Passage.Text[times.Start]) ? times.Times - 1 : times.Times) * 100;

    private static readonly string[] Levels = ["the year-ago", "the year-earlier", "the prior-year", "last year"];

    private static Growth ToGrowth(PatternMatch match, Sentence sentence, DateOnly? today)
    {
        var basis = match.Find<Span>("year") is not null ? GrowthBasis.Year
            : match.Find<Span>("quarter") is not null ? GrowthBasis.Quarter
            : match.Find<Span>("month") is not null ? GrowthBasis.Month
            : match.Find<PeriodValue>("base") is { } before ? match.Find<Span>("same") is not null ? GrowthBasis.Year : BasisOf(sentence, before, today)
            : GrowthBasis.Unstated;
        var percent = match.Find<PercentValue>("percent");
        var times = match.Find<MultipleValue>("times");
        // 2.6x the year-ago level: so many times what it was.
        if (times is not null && (match.Find<Span>("year") ?? match.Find<Span>("quarter")) is { } level && Levels.Any(word => sentence.Has(word, level.Start, out _)))
            return new Growth(match.Start, match.End, basis, (times.Times - 1) * 100, times.Bound);
        var size = match.Find<Span>("flat") is not null ? 0 : match.Find<Span>("tripled") is not null ? 200 : percent?.Percent ?? (times is not null ? Increase(sentence, times) : 100);
        var isDown = match.Find<Span>("down") is not null || (match.Find<Span>("year") ?? match.Find<Span>("quarter") ?? match.Find<Span>("month")) is { } word && sentence.Slice(word).EndsWith('减');
        return new Growth(match.Start, match.End, basis, isDown ? -Math.Abs(size) : size, percent?.Bound ?? times?.Bound) { High = percent?.High is { } high ? isDown ? -Math.Abs(high) : high : null };
    }
}
