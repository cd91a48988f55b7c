using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>The ontology's stage of a release, from the words around it.</summary>
public static class Stages
{
    public static string Of(Sentence sentence, int start, int end)
    {
        var text = sentence.Slice(start, end);
        var around = sentence.Slice(start, Math.Min(sentence.End, end + 24));
        if (Has(around, "开源", "open-source", "open source", "open weights", "open-weight", "Apache 2.0", "MIT 许可", "开放权重", "权重开放") || Licenses.In(sentence) is not null)
            return "open-source";
        if (Has(text, "Preview", "预览", "内测", "私测", "测试版", "邀测", "封测", "灰度", "小范围测试"))
            return "preview";
        if (Has(around, "preview)", "(preview", "研究预览"))
            return "preview";
        if (text.Contains("API", StringComparison.Ordinal))
            return "api";
        return Has(text, "更新", "升级") ? "update" : "release";
    }

    /// <param name="name">The product's name, whose own words say nothing of its stage (观点预览).</param>
    public static string OfProduct(Sentence sentence, int start, int end, string name)
    {
        var around = sentence.Slice(start, Math.Min(sentence.End, end + 16)).Replace(name, "", StringComparison.Ordinal);
        if (Has(around, "公测", "beta", "试商用", "测试版"))
            return "beta";
        if (Has(around, "Preview", "预览", "内测", "私测", "邀测", "封测", "灰度"))
            return "preview";
        if (Has(around, "量产", "mass production", "volume production"))
            return "mass-production";
        return Has(around, "更新", "升级", "迭代") ? "update" : "release";
    }

    public static string OfChip(Sentence sentence, int start, int end)
    {
        var around = sentence.Slice(start, Math.Min(sentence.End, end + 12));
        if (Has(around, "量产", "投产", "mass production", "volume production", "full production", "投片"))
            return "mass-production";
        if (Has(around, "送样", "送测", "样片", "流片", "sampling", "samples", "taped out", "tape-out", "tapes out"))
            return "sampling";
        if (Has(around, "出货", "交付", "发货", "shipping", "ships", "shipments", "deliver"))
            return "shipping";
        return Has(around, "研发", "开发", "自研", "设计", "developing", "development", "architecture") ? "development" : "announced";
    }

    private static bool Has(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
