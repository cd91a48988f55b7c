using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// Chinese names of models, chips and products that no vocabulary knows, by their version: two to four ideographs before it (墨竹 2.0, 天垓 200,
/// 砚-Mini 2), begun right behind what calls for a name: a noun that says what it is, a word of releasing, a company, an opening quote.
/// </summary>
internal static partial class CoinedNames
{
    private static readonly string[] Verbs =
    [
        "发布", "推出", "开源", "上线", "发表", "揭晓", "首发", "公布", "亮相", "放出", "再推", "推", "带来", "端出", "祭出", "释出", "名为", "叫做", "命名为", "代号", "新一代", "全新", "旗舰", "首款", "首颗", "自研", "自研的", "旗下", "旗下的", "的", "其", "新款", "下一代", "最新", "款", "颗", "升级版", "大模型",
    ];

    // Ideographs that stand before numbers in running text and name nothing.
    private static readonly string[] NoName =
    [
        "年", "月", "日", "第", "约", "近", "超", "逾", "达", "为", "至", "共", "每", "价", "额", "率", "量", "比", "占", "涨", "跌", "增", "减", "升", "降", "利", "润", "收", "营", "股", "值", "排", "名", "过", "到", "于", "有", "是", "在", "和", "与", "及", "或", "仅", "不", "未", "了", "的", "者", "上", "下", "个", "款", "家", "项", "次", "前", "后", "其", "这", "该", "两", "三", "多", "各", "等", "需", "亿元", "万元", "美元", "港元", "日元", "版", "目标", "预计", "模型", "芯片", "参数", "产品", "公司", "平台", "系统", "系列", "显卡", "服务器", "机器人", "市场", "季", "周", "期", "点", "级", "代", "组", "卡", "支持", "使用", "采用", "搭载", "基于", "首", "新", "全", "总", "单", "可", "将", "已", "也", "并", "以", "从", "由", "对", "向", "把", "被", "宣布", "配备", "拥有", "内置", "发布", "推出", "开源", "上线", "发表", "更新", "升级", "亮相", "揭晓", "公布", "开放", "放出", "带来", "端出", "祭出", "释出", "名叫", "代号", "旗舰", "拉动", "计划", "配置", "版本", "开始", "正式", "进入", "最高", "高达", "起", "含", "内", "外", "时", "后", "间", "能", "效", "率", "续", "入", "标", "准",
    ];

    private static readonly string[] ChipWords = ["芯片", "晶片", "流片", "投片", "量产", "制程", "纳米", "奈米", "显存", "加速卡", "处理器", "GPU", "送样", "回片", "算力卡", "超节点"];

    private static readonly string[] ModelWords = ["模型", "参数", "开源", "上下文", "脉络", "权重", "token", "推理", "LLM", "训练", "多模态", "基座"];

    /// <summary>Kind and name without its version, of each that a sentence introduces.</summary>
    public static IEnumerable<(string Kind, string Name)> In(Sentence sentence)
    {
        foreach (Match match in Versioned().Matches(sentence.Text))
        {
            var start = sentence.Start + match.Groups["stem"].Index;
            var stem = match.Groups["stem"];
            // 送出 HBM4E: what a vocabulary knows begins where it begins.
            if (sentence.Annotations.Any(a => a is Mention && a.Start == sentence.SkipSpace(start + stem.Length)))
                continue;
            for (var from = start; from <= start + stem.Length - 2; from++)
            {
                var name = sentence.Slice(from, start + stem.Length);
                if (NoName.Any(word => name.Contains(word, StringComparison.Ordinal)) || sentence.Annotations.Any(a => a is Mention && a.Start < start + stem.Length && from < a.End) || KindAt(sentence, from) is not { } kind)
                    continue;
                yield return (kind, name);
                break;
            }
        }
    }

    // What a name that begins here is, or null where none may begin.
    private static string? KindAt(Sentence sentence, int from)
    {
        var before = sentence.Slice(Clauses.Start(sentence, from), from);
        if (HeadNouns.Ending(before) is { } noun)
            return noun.Kind;
        var text = before.TrimEnd(' ', '“', '「', '‘', '『');
        var isCalled = text.Length == 0 ? before.Length > 0 : Verbs.Any(word => text.EndsWith(word, StringComparison.Ordinal)) || sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.End == Clauses.Start(sentence, from) + text.Length);
        return !isCalled ? null
            : sentence.Contains(ChipWords, sentence.Start, sentence.End) ? EntityKind.Chip
            : sentence.Contains(ModelWords, sentence.Start, sentence.End) ? EntityKind.Model
            : EntityKind.Product;
    }

    [GeneratedRegex("(?<stem>[\u4e00-\u9fff]{2,6}) ?(?:[A-Z]{1,3}-?[0-9]{1,4}[A-Za-z]?|[Vv]?[0-9]{1,2}\\.[0-9]|[0-9]{3,4}[A-Z]?|-[0-9]{1,2}(?:\\.[0-9])?)(?![0-9.%A-Za-z]| ?[亿万千百元美港欧日年月倍个名位家项款台颗张人次分点纳奈吨瓦度余多%])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Versioned();
}
