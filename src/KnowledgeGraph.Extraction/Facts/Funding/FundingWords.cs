namespace KnowledgeGraph.Extraction.Facts.Funding;

/// <summary>The words by which a sentence speaks of raising money.</summary>
internal static class FundingWords
{
    /// <summary>Paper that is sold for money: without its sum it is no round.</summary>
    public static readonly string[] Papers =
    [
        "可转债", "可转换公司债", "可转换债券", "可转换票据", "可换股债", "可转换优先股", "配股", "供股", "先旧后新", "私募普通股", "海外存托凭证", "GDR", "发行股票", "发行新股", "公司债", "优先票据", "点心债",
    ];

    public static readonly string[] Raise =
    [
        "融资", "募资", "筹资", "筹集", "募集", "集资", "募得", "筹得", "定增", "配售", "轮资金", "轮投资", "战略投资", "战略注资", "增资扩股", "股权投资", "现金增资", "轮增资", "轮注资", "筹措", "净筹", "新资金", "再募", "拟募", "将募", "欲募", "要募", "已募", .. Papers,
    ];

    /// <summary>Words with the same characters that raise no money of this kind.</summary>
    public static readonly string[] NoRaise =
    [
        "融资融券", "融资余额", "融资租赁", "融资客", "募集资金用于", "募集资金投", "融资成本", "再融资渠道", "债务融资", "融资买入", "融资环境", "融资平台", "融资净买入", "可转债转股", "可转债余额", "可转债指数", "可转债市场", "可转债价格", "融资活动", "投融资",
    ];

    public static readonly string[] Corrected =
        ["实为", "应为", "更正为", "实际为", "应是", "正确为", "正确金额为", "正确数字为", "should have read", "should read", "should have been", "the correct figure is", "the figure is", "the right figure is"];

    /// <summary>What a raiser does, and what an investor does.</summary>
    public static readonly string[] Raising =
    [
        "完成", "获得", "获", "宣布", "启动", "寻求", "洽谈", "筹集", "筹", "募", "拟", "计划", "敲定", "达成", "斩获", "拿下", "拿到", "官宣", "已", "正", "近日", "日前", "近期", "连续", "将", "才", "昨日", "今日", "据悉", "据传", "也", "刚",
    ];

    /// <summary>Who speaks of itself, or is spoken of, without its name.</summary>
    public static readonly string[] Selves = ["公司", "该公司", "本公司", "这家公司", "集团", "其", "该集团"];

    public static readonly string[] Callings = ["公司", "企业", "新创", "初创", "新秀", "独角兽", "厂商", "业者", "开发商", "服务商", "供应商", "运营商", "平台", "商"];

    public static readonly string[] NoMoney = ["guidance", "target", "forecast", "price", "prices", "dividend", "capex", "estimate", "estimates", "outlook", "spending", "wages", "quarterly"];

    /// <summary>Verbs of getting and selling; only what goes with the sum tells a round from an order.</summary>
    public static readonly string[] Gets =
    [
        "secures", "secured", "secure", "closes", "closed", "close", "closing", "lands", "landed", "nets", "netted", "bags", "bagged", "pulls in", "pulled in", "nabs", "nabbed", "banks", "banked", "receives", "received", "scoops up", "scooped up", "completes", "completed", "complete", "prices", "priced",
        "sells", "sold", "to sell", "seeks", "seeking", "to seek", "in the market for", "attracts", "attracted", "picks up", "picked up", "wraps up", "wrapped up", "obtains", "obtained", "takes in", "took in", "brings in", "brought in", "hauls in", "hauled in", "collects", "collected", "gets", "got",
        "announces", "announced", "launches", "launched", "issues", "issued", "to issue", "issuing", "selling", "in talks for", "negotiating", "seeks to raise", "eyes", "eyeing",
    ];

    /// <summary>What money of a round is called beside its sum.</summary>
    public static readonly string[] Rounds =
    [
        "round", "Series", "funding", "financing", "equity", "capital", "seed", "convertible", "convertibles", "notes", "note", "bond", "bonds", "offering", "valuation", "fresh money", "new money", "share sale", "share placement", "placement", "stake sale", "tender offer", "Pre-IPO", "led by", "post-money", "pre-money", "pre", "post",
    ];

    public static readonly string[] NoRound =
        ["order", "orders", "contract", "contracts", "grant", "grants", "subsidy", "subsidies", "award", "fine", "penalty", "deal", "acquisition", "takeover", "licence", "license", "revenue", "backlog", "bookings", "damages", "settlement", "capital spending", "capital expenditure", "working capital"];

    public static readonly string[] Series = ["round", "funding round", "financing round", "financing", "seed round", .. "ABCDEFGHIJK".Select(letter => $"Series {letter}")];

    /// <summary>Behind these a name is no raiser but whose the raiser is (红杉投资的 X).</summary>
    public static readonly string[] Owning = ["投资的", "支持的", "旗下", "孵化的", "领投的", "参投的", "跟投的", "控股的", "持股的", "等投资", "背书的"];
}
