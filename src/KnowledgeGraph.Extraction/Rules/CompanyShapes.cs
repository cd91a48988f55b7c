using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// Chinese companies that no vocabulary knows, by the shape of their names: two to four characters before an ending that companies take
/// (智能, 科技, 半导体), begun where a name may begin: behind a mark, a date, a known name, or a word that calls for one (由, 加入, 公司, 新创).
/// </summary>
internal static class CompanyShapes
{
    private static readonly string[] Endings =
    [
        "微电子", "半导体", "智能", "科技", "智算", "智研", "智慧", "智联", "数科", "电子", "电机", "光电", "动力", "资本", "创投", "生医", "集团", "控股", "股份", "通讯", "光子", "量子", "航天", "精密", "电气", "智造", "智行", "光学",
    ];

    // Endings that are everyday nouns as well: behind other ideographs they end a phrase (聊天机器人), not a name.
    private static readonly string[] Nouns = ["机器人", "基金", "生物", "网络", "软件", "通信", "汽车", "存储", "材料", "技术", "信息", "数据", "算力", "投资", "工业", "医疗", "能源", "国际"];

    private static readonly string[][] All = [.. Endings.Concat(Nouns).Select(ending => new[] { ending })];

    // What stands right before a name.
    private static readonly string[] Openers =
    [
        "由", "与", "和", "及", "向", "对", "从", "获", "被", "将", "把", "为", "给", "让", "在", "于", "据", "称", "以", "前", "原", "新", "的", "是", "到", "至", "了", "若", "因", "就", "且", "并", "而", "系", "传",
        "加入", "加盟", "转战", "转投", "跳槽", "入职", "投资", "收购", "并购", "入股", "注资", "增资", "携手", "联合", "联手", "牵手", "公司", "企业", "新创", "初创", "新秀", "新兵", "新军", "黑马", "大厂", "小厂", "独角兽", "厂商", "业者", "租赁商", "服务商", "运营商", "营运商", "开发商", "供应商", "制造商", "设计商", "龙头", "新贵", "大户", "商", "大厂", "龙头", "巨头", "平台", "旗下", "包括", "针对", "领投", "委任", "任命", "出任", "担任", "执掌", "离开", "宣布", "中标", "采购", "授权", "支持", "其中", "子公司", "股东", "客户", "对手", "近日", "日前", "台湾", "美国", "中国", "国内", "离任", "持股",
    ];

    // What a stem of a name never is: the words that go with an ending to name a field, a technique or a good.
    private static readonly string[] Common =
    [
        "中资", "外资", "国资", "民营", "台资", "人工", "具身", "聊天", "客服", "配送", "巡检", "手术", "割草", "陪伴", "情感", "送餐", "通用", "生成", "国产", "国内", "海外", "全球", "功率", "第三代", "多家", "消费", "汽车", "工业", "商业", "医疗", "低空", "高新", "新兴", "前沿", "核心", "关键", "互联网", "金融", "航天", "绿色", "空间", "群体", "数字", "端侧", "边缘", "终端", "自主", "先进", "产业", "创新", "科创", "人形", "智能", "信息", "量子", "大型", "云端", "智慧", "教育", "国家", "最新", "协作", "扫地", "服务", "新一代", "清洁", "可再生", "光伏", "风险", "社会", "人力", "固定", "长期", "战略", "公司", "企业", "集成", "化合", "模拟", "专用", "训练", "推理", "用户", "公开", "市场", "行业", "个人", "开源", "高质量", "大模型", "模型", "芯片", "硬件", "基础", "应用", "电子", "网络", "机器", "软件", "生物", "硬", "新材", "存储", "主权", "亿", "万", "美元", "港元", "元", "公募", "私募", "产业投资", "政府", "养老", "指数", "对冲", "成长", "股权", "超级", "多模态", "量化", "深度", "视觉", "语音", "绝对", "自动", "无人", "工程", "相关", "各类", "部分", "所有", "重大", "本次", "双方", "该", "这", "其", "此", "等",
    ];

    // Behind a name of a field stands what it is a field of.
    private static readonly string[] Fields = ["行业", "板块", "产业", "领域", "指数", "市场", "赛道", "概念", "设备", "材料", "产品", "资源", "技术", "时代", "需求", "厂商", "企业", "公司", "供应商", "公司们", "化", "体", "驾驶", "硬件", "服务", "平台", "安全", "工厂", "制造", "中心", "者", "人", "要素", "集", "库", "额", "总"];

    /// <summary>The companies that lie wholly in a stretch; where the vocabulary knows a name, that is left to it.</summary>
    public static IEnumerable<Span> In(Sentence sentence, int from, int to)
    {
        foreach (var ending in All)
        {
            for (var at = sentence.Find(ending, from, to); at is { } found; at = sentence.Find(ending, found.End, to))
            {
                if (StartOf(sentence, from, found.Start) is { } start && (!Nouns.Contains(ending[0]) || IsAlone(sentence, start)) && IsWhole(sentence, start, found.Start, found.End))
                    yield return new Span(start, found.End);
            }
        }
    }

    // The latest place before the ending at which a name may begin and leave a stem of two to four characters.
    private static int? StartOf(Sentence sentence, int from, int ending)
    {
        for (var start = ending - 2; start >= Math.Max(from, ending - 4); start--)
        {
            if (IsHan(sentence.Passage.Text[start]) && IsHan(sentence.Passage.Text[start + 1]) && IsOpen(sentence, start) && !IsCommon(sentence.Slice(start, ending)))
                return start;
            if (!IsHan(sentence.Passage.Text[start]))
                return null;
        }

        return null;
    }

    private static bool IsAlone(Sentence sentence, int start) =>
        start == sentence.Start || !IsHan(sentence.Passage.Text[start - 1]) || new[] { "公司", "新创", "初创", "企业", "由", "加入", "加盟", "收购", "独角兽" }.Any(word => start - word.Length >= sentence.Start && sentence.Has(word, start - word.Length, out _));

    private static bool IsOpen(Sentence sentence, int start)
    {
        if (start == sentence.Start || !IsHan(sentence.Passage.Text[start - 1]))
            return true;
        return Openers.Any(word => start - word.Length >= sentence.Start && sentence.Has(word, start - word.Length, out _))
            || sentence.Annotations.Any(a => a.End == start && a is DateValue or MoneyValue or Mention { Kind: EntityKind.Company or EntityKind.Organisation });
    }

    private static bool IsWhole(Sentence sentence, int start, int ending, int end)
    {
        var isField = sentence.Slice(ending, end) is not "集团" && Fields.Any(word => sentence.Has(word, end, out _)) && !sentence.Has("公司", end, out _);
        return !isField && !sentence.All<Mention>().Any(m => m.Start < end && start < m.End && m.Kind is EntityKind.Company or EntityKind.Organisation or EntityKind.Person or EntityKind.Product or EntityKind.Model or EntityKind.Index or "publisher");
    }

    /// <summary>Whether the name ends in a word that ends names of companies only, or nearly so.</summary>
    public static bool IsSure(string name) => !Nouns.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>What people call it for short: the name without its ending; null where nothing is left that is a name.</summary>
    public static string? Short(string name) =>
        Endings.Concat(Nouns).FirstOrDefault(ending => name.EndsWith(ending, StringComparison.Ordinal)) is { } ending && name.Length - ending.Length >= 2 && !IsCommon(name[..^ending.Length]) ? name[..^ending.Length] : null;

    // 三家: a number counts, 三桥 names.
    private static bool IsCounted(string stem) => stem.Length > 1 && stem[0] is '三' or '四' or '五' or '六' or '七' or '八' or '九' or '十' && stem[1] is '家' or '个' or '大' or '方' or '款' or '年' or '期' or '名' or '者' or '地' or '季' or '成' or '月' or '日';

    private static bool IsCommon(string stem) => Common.Any(word => stem.Contains(word, StringComparison.Ordinal)) || Openers.Any(word => word.Length > 1 && stem.Contains(word, StringComparison.Ordinal))
        || IsCounted(stem) || stem[0] is '而' or '一' or '两' or '二' or '多' or '各' or '数' or '某' or '全' or '以' or '与' or '和' or '向' or '由' or '从' or '将' or '被' or '对' or '在' or '已' or '拟' or '获' || stem.Contains('的', StringComparison.Ordinal) || stem.Contains('年', StringComparison.Ordinal) || stem.Contains('月', StringComparison.Ordinal);

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';
}
