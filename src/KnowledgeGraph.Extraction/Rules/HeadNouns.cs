using System.Collections.Frozen;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>A noun that says what a name is: 编码模型 makes it a model, 浏览器插件 a product of the category feature.</summary>
/// <param name="Word">As in the list.</param>
/// <param name="Kind">model, product or chip.</param>
/// <param name="Category">The ontology's category of a product; null for models and chips.</param>
public sealed record HeadNoun(string Word, string Kind, string? Category);

/// <summary>The nouns at the head of a phrase that describes a named thing. In both languages the head stands last.</summary>
public static class HeadNouns
{
    // Words in Chinese need no boundary; English ones do.
    private static readonly HeadNoun[] All =
    [
        .. Of(EntityKind.Model, null, "模型", "大模型", "模型家族", "LLM", "SLM", "model", "models", "neural network", "action network", "neural net", "transformer", "mixture of experts", "基座", "checkpoint", "foundation model", "language model"),
        .. Of(EntityKind.Chip, null, "芯片", "晶片", "处理器", "加速器", "加速卡", "训练卡", "推理卡", "计算卡", "智算卡", "训推一体卡", "算力卡", "显卡", "芯片组", "晶片组", "晶圆级处理器", "加速芯片", "推理芯片", "训练芯片", "chiplet", "chipset", "wafer", "DSP", "交换芯片", "switch chip", "GPU", "CPU", "TPU", "NPU", "LPU", "DPU", "ASIC", "SoC", "chip", "chips", "processor", "processors", "accelerator", "accelerators", "superchip", "stacks", "part"),
        .. Of(EntityKind.Product, "agent", "智能体", "代理", "助手", "助理", "Agent", "agent", "agents", "assistant", "copilot", "chatbot", "聊天机器人", "数字员工", "数字人", "管家", "小帮手", "助手应用", "代理人", "秘书", "AI 助理", "AI助理", "bot", "companion", "co-worker"),
        .. Of(EntityKind.Product, "app", "应用", "App", "浏览器", "客户端", "网页版", "浏览器应用", "移动端", "桌面端", "桌面版", "手机版", "输入法", "软件", "小程序", "browser", "app", "application", "IDE", "web app", "editor", "编辑器", "编程工具"),
        .. Of(EntityKind.Product, "feature", "功能", "插件", "工具", "模式", "搜索", "特性", "技能", "语音输入", "feature", "plugin", "plug-in", "extension", "tool", "tools", "mode", "skill", "skills", "connector", "add-in", "侧边栏", "频道", "入口", "滤镜", "面板", "模块", "套件", "sidebar", "integration", "filter", "capability"),
        .. Of(EntityKind.Product, "service", "服务", "接口", "解决方案", "基础设施", "service", "offering", "cloud"),
        .. Of(EntityKind.Product, "platform", "平台", "社区", "交易所", "主网", "国际站", "网站", "商店", "引擎", "操作系统", "系统", "工作台", "工作空间", "工作站", "全家桶", "platform", "suite", "stack", "marketplace", "store", "exchange", "mainnet", "operating system", "workspace", "workbench"),
        .. Of(EntityKind.Product, "device", "超节点", "机柜", "机架", "整机柜", "眼镜", "手机", "机器人", "人形机器人", "耳机", "手表", "音箱", "一体机", "硬件", "设备", "终端", "glasses", "headset", "headphones", "robot", "humanoid", "phone", "smartphone", "wearable", "device", "laptop", "earbuds", "rack", "racks", "服务器", "伺服器", "无人机", "机器狗", "平板", "笔电", "笔记本", "头显", "相机", "音响", "学习机", "汽车", "交换机", "玩具", "戒指", "吊坠", "server", "servers", "drone", "camera", "ring", "pendant", "speaker", "tablet", "car", "robotaxi", "workstation"),
        .. Of(EntityKind.Product, "technology", "框架", "技术", "方案", "架构", "协议", "算法", "开源项目", "framework", "protocol", "toolkit", "SDK", "library", "architecture"),
        .. Of(EntityKind.Product, "plan", "套餐", "会员", "plan", "subscription", "tier"),
    ];

    // By the last letter, the longest first.
    private static readonly FrozenDictionary<char, HeadNoun[]> ByLast = All.GroupBy(noun => char.ToLowerInvariant(noun.Word[^1]))
        .ToFrozenDictionary(nouns => nouns.Key, nouns => nouns.OrderByDescending(noun => noun.Word.Length).ToArray());

    /// <summary>The noun with which a phrase ends, the longest; null where it ends with none.</summary>
    public static HeadNoun? Ending(string phrase)
    {
        var text = phrase.TrimEnd(' ', '.', '“', '‘', '「', '『', '"', '—', '-', '*', '(', '（');
        return text.Length > 0 && ByLast.TryGetValue(char.ToLowerInvariant(text[^1]), out var nouns) ? Array.Find(nouns, noun => EndsWith(text, noun.Word)) : null;
    }

    private static bool EndsWith(string text, string word)
    {
        var isLatin = char.IsAsciiLetter(word[0]);
        if (!text.EndsWith(word, isLatin ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            return false;
        return !isLatin || text.Length == word.Length || !char.IsAsciiLetterOrDigit(text[^(word.Length + 1)]);
    }

    private static IEnumerable<HeadNoun> Of(string kind, string? category, params string[] words) => words.Select(word => new HeadNoun(word, kind, category));
}
