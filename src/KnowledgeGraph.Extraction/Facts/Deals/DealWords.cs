using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>Which kind of deal the words of a clause speak of, and who of the two sells.</summary>
internal static class DealWords
{
    private static readonly (string Kind, string[] Words)[] Kinds =
    [
        ("joint-venture", ["合资", "合营公司", "合营企业", "joint venture", "JV"]),
        ("acquisition", ["收购", "并购", "合并", "整并", "购并", "洽购", "竞购", "acquisition", "acquire", "takeover", "merger", "merge", "buyout", "合并案", "合并协商", "合并洽谈", "合并谈判", "合并计划", "合并交易", "换股合并", "吸收合并"]),
        ("licensing", ["非排他授权", "独家授权", "授权合作", "授权费", "授权金", "训练授权", "授权协议", "专利授权", "技术授权", "许可协议", "交叉许可", "非独家许可", "内容授权", "版权", "licensing", "licence", "license", "licenses", "licences"]),
        ("supply", ["算力设备", "算力硬件", "设备销售", "服务器采购", "服务器订单", "伺服器订单", "销售合同", "设备采购"]),
        ("compute",
        [
            "算力", "智算服务", "运算", "计算资源", "计算能力", "云服务", "云计算", "云基础设施", "云端", "云协议", "云合同", "数据中心容量", "租用", "租赁", "TPU", "云资源", "兆瓦", "吉瓦", "GW", "MW", "compute", "computing capacity", "computing power", "cloud capacity", "dedicated capacity",
            "cloud services", "cloud deal", "cloud contract", "gigawatts", "megawatts", "TPUs", "data-centre capacity", "data-center capacity", "GPU capacity", "AI infrastructure", "cloud infrastructure", "AI 基础设施", "AI基础设施",
        ]),
        ("supply",
        [
            "采购", "供应", "供货", "代工", "订单", "销售合同", "销售协议", "集采", "机柜", "GPU 服务器", "订购", "购买", "芯片", "晶片", "GPU", "HBM", "服务器", "伺服器", "记忆体", "光模块", "内存", "存储", "元件", "supply", "supplies", "purchase", "order", "orders", "chips", "chip", "GPUs", "foundry", "manufacture", "memory",
        ]),
        ("compute", ["数据中心", "资料中心", "data center", "data centre", "data centers", "data centres"]),
        ("investment", ["入股", "注资", "投资协议", "股份", "持股", "股权", "参股", "stake", "equity"]),
        ("integration", ["接入", "整合", "集成", "打通", "内置", "嵌入", "integrate", "integration", "embed"]),
    ];

    private static readonly string[] Selling = ["供应", "供货", "提供", "代工", "出租", "出售", "交付", "supply", "supplies", "provide", "provides", "sell", "sells", "deliver", "lease out"];

    private static readonly string[] Buying = ["采购", "购买", "租用", "租赁", "订购", "启用", "获取", "下单", "代工", "使用", "支付", "buy", "buys", "purchase", "rent", "lease", "leases", "use", "take", "order", "orders", "pay"];

    private static readonly string[] Callings = ["业者", "公司", "企业", "商", "服务商", "厂商", "厂", "大厂", "新创", "初创", "平台商", "龙头", " provider", " company", " start-up", " firm", " maker", " lender", " specialist", " group"];

    // Where one of these stands goods change hands; of chips and machines alone two may as well only speak or build together.
    private static readonly string[] Trade =
    [
        "采购", "供应", "供货", "代工", "订单", "大单", "销售", "集采", "订购", "购买", "租用", "租赁", "合同", "合约", "承租", "中标", "出货", "交付", "下单", "算力", "运算", "云服务", "compute", "purchase", "purchases", "order", "orders", "supply", "supplies", "foundry", "manufacture", "contract", "lease", "rent", "buy", "sell",
    ];

    private static readonly string[] Papers = ["合约", "合同", "协议", "订单", "业务", "服务"];

    public static string Kind(Sentence sentence, int from, int to) =>
        Kinds.FirstOrDefault(kind => Speaks(sentence, kind.Words, from, to) || (kind.Kind == "compute" && sentence.Within<QuantityValue>(from, to).Any(q => q.Unit is "MW" or "GW" or "TPUs"))).Kind ?? "partnership";

    /// <summary>Whether the words speak of buying and selling, and not only of what two will do together.</summary>
    public static bool IsTrade(Sentence sentence, int from, int to) => sentence.Contains(Trade, from, to);

    // 算力业者, 云服务商: what a party is says nothing of what is agreed.
    private static bool Speaks(Sentence sentence, string[] words, int from, int to)
    {
        for (var at = sentence.Find(words, from, to); at is { } found; at = sentence.Find(words, found.End, to))
        {
            if (!Callings.Any(calling => sentence.Has(calling, found.End, out _)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the one who acts sells (true), buys (false) or the words do not say (null).</summary>
    public static bool? SubjectSells(Sentence sentence, int from, int to)
    {
        var buying = sentence.Find(Buying, from, to);
        // 租用合约, 租赁协议: the contract has two sides.
        while (buying is { } word && Papers.Any(paper => sentence.Has(paper, word.End, out _)))
            buying = sentence.Find(Buying, word.End, to);
        var selling = sentence.Find(Selling, from, to);
        return (buying, selling) switch
        {
            (null, null) => null,
            (null, _) => true,
            (_, null) => false,
            var (b, s) => s.Value.Start < b.Value.Start,
        };
    }
}
